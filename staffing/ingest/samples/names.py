"""Invented names, plausible for the site where their bearers work."""

from __future__ import annotations

FIRST = {
    "dublin": (
        "Aoife", "Ciarán", "Niamh", "Seán", "Róisín", "Oisín", "Gráinne", "Eoin", "Siobhán", "Darragh",
        "Orla", "Fionn", "Maeve", "Cormac", "Saoirse", "Tadhg", "Éabha", "Rory", "Clodagh", "Killian",
        "Marta", "João", "Agnieszka", "Luca", "Inês", "Tomasz", "Chiara", "Mateo", "Zoé", "Emeka",
        "Deirdre", "Conor", "Sinéad", "Liam", "Ailbhe", "Padraig", "Ewa", "Diego", "Camille", "Ifeoma",
    ),
    "singapore": (
        "Wei Ling", "Jun Jie", "Hui Min", "Zhi Hao", "Nurul", "Arjun", "Priya", "Siti", "Kai Xin", "Rajesh",
        "Mei Fen", "Faizal", "Xin Yi", "Haziq", "Divya", "Jia Hui", "Aisyah", "Kumar", "Yu Ting", "Hafiz",
        "Shu Fen", "Vikram", "Li Ting", "Farah", "Boon Keng", "Anjali", "Zi Xuan", "Syafiq", "Lakshmi", "Wen Jie",
        "Hana", "Kenji", "Minh Anh", "Bagus", "Ploy", "Ji Woo", "Dewi", "Thanh", "Mika", "Rahul",
    ),
    "seattle": (
        "Emma", "Noah", "Olivia", "Elijah", "Ava", "James", "Maya", "Henry", "Grace", "Owen",
        "Leilani", "Malik", "Ingrid", "Desmond", "Yuki", "Andre", "Harper", "Soren", "Naomi", "Caleb",
        "Tessa", "Darius", "Willa", "Felix", "Imani", "Jonah", "Petra", "Silas", "Anika", "Wyatt",
        "Quinn", "Tobias", "Freya", "Kofi", "Marin", "Levi", "Sage", "Nolan", "Ellis", "Amara",
    ),
    "irvine": (
        "Sofía", "Daniel", "Isabella", "Mateo", "Camila", "Ethan", "Valeria", "Andrés", "Jasmine", "Kevin",
        "Linh", "Carlos", "Mina", "Omid", "Shirin", "Diego", "Bao", "Lucía", "Ramin", "Elena",
        "Tran", "Javier", "Nadia", "Hector", "Mai", "Ruben", "Talia", "Arash", "Paloma", "Vincent",
        "Ximena", "Gabriel", "Leila", "Marco", "Thu", "Adriana", "Cyrus", "Renata", "Joel", "Dalia",
    ),
}  # fmt: skip

LAST = {
    "dublin": (
        "Murphy", "Kelly", "O'Sullivan", "Walsh", "Byrne", "Ryan", "O'Connor", "Doyle", "McCarthy", "Gallagher",
        "Doherty", "Kennedy", "Lynch", "Murray", "Quinn", "Moore", "Kavanagh", "Nolan", "Farrell", "Brennan",
        "Ó Briain", "Ní Dhuibhir", "Fitzgerald", "Power", "Whelan", "Keane", "Hayes", "Nowak", "Ferreira", "Rossi",
        "Kowalska", "Okafor", "Moreau", "Costa", "Duffy", "Foley", "Healy", "Tierney", "Hogan", "Maguire",
    ),
    "singapore": (
        "Tan", "Lim", "Lee", "Ng", "Ong", "Wong", "Goh", "Chua", "Chan", "Koh",
        "Teo", "Ang", "Yeo", "Sim", "Tay", "Ho", "Low", "Toh", "Chong", "Lau",
        "Binte Rahman", "Bin Ismail", "Nair", "Pillai", "Menon", "Krishnan", "Rao", "Sharma", "Kaur", "Subramaniam",
        "Tanaka", "Nguyen", "Santoso", "Kim", "Wijaya", "Quek", "Seah", "Phua", "Foo", "Soh",
    ),
    "seattle": (
        "Anderson", "Nakamura", "Johnson", "Larsen", "Thompson", "Nguyen", "Harris", "Clark", "Robinson", "Hughes",
        "Peterson", "Brooks", "Sanders", "Price", "Bennett", "Wood", "Barnes", "Ross", "Henderson", "Coleman",
        "Jenkins", "Perry", "Powell", "Long", "Patterson", "Hansen", "Flores", "Washington", "Butler", "Simmons",
        "Foster", "Bryant", "Alexander", "Russell", "Griffin", "Hayes", "Myers", "Ford", "Hamilton", "Okonkwo",
    ),
    "irvine": (
        "García", "Tran", "Hernández", "Kim", "Martínez", "Pham", "López", "Park", "González", "Ahmadi",
        "Pérez", "Le", "Ramírez", "Choi", "Torres", "Rahimi", "Rivera", "Vu", "Morales", "Hosseini",
        "Ortiz", "Dang", "Castillo", "Shah", "Reyes", "Bui", "Mendoza", "Karimi", "Vargas", "Lam",
        "Navarro", "Cho", "Delgado", "Farahani", "Campos", "Ngo", "Salazar", "Patel", "Fuentes", "Huang",
    ),
}  # fmt: skip

LANGUAGES = {
    "dublin": ("fr", "de", "es", "pt", "it", "pl"),
    "singapore": ("zh", "ms", "ta", "ja", "ko", "id"),
    "seattle": ("es", "zh", "fr"),
    "irvine": ("es", "ko", "vi", "fa"),
}
"""What people speak besides English."""
