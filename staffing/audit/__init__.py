"""What a roster is worth, found without the solver: violations, service, objective, reasons of shortage."""
