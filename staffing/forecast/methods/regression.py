"""A Poisson regression with a normal prior of standard deviation 1 on each coefficient."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

TOLERANCE = 1e-4
STEPS = 100


@dataclass(frozen=True)
class LogCurve:
    """Expected counts ``exp(intercept + matrix @ coefficients)``."""

    intercept: float
    coefficients: np.ndarray

    def at(self, matrix: sparse.csr_array) -> np.ndarray:
        """Return the expected count of each row."""
        return np.asarray(np.exp(self.intercept + matrix @ self.coefficients))


def regress(
    matrix: sparse.csr_array, counts: np.ndarray, weight: np.ndarray, dispersion: float
) -> LogCurve:
    """Return the most probable curve for counts whose variance is ``dispersion`` times their mean.

    Parameters
    ----------
    matrix
        ``matrix[row, column]``.
    counts, weight
        ``counts[row]``, not all 0, and how much each row counts; rows of weight 0 are left out.
    """
    from sklearn.linear_model import PoissonRegressor

    rows = weight > 0
    scale = np.average(counts, weights=weight)
    model = PoissonRegressor(
        alpha=dispersion / (scale * weight.sum()),
        solver="newton-cholesky",
        tol=TOLERANCE,
        max_iter=STEPS,
    ).fit(matrix[rows], counts[rows] / scale, sample_weight=weight[rows])
    return LogCurve(float(model.intercept_ + np.log(scale)), np.asarray(model.coef_))


def optimism(matrix: sparse.csr_array, information: np.ndarray) -> float:
    """Return how many times larger an error is out of sample than within the sample that was learnt from.

    With ``n`` rows and ``p`` coefficients in use (the trace of the hat matrix of the penalised fit) it is
    ``sqrt((n + p) / (n - p))``, the root of Akaike's final prediction error over the residual variance.

    Parameters
    ----------
    information
        ``information[row]``: weight times expected count over dispersion.
    """
    gram = (matrix.T @ (sparse.diags_array(information) @ matrix)).toarray()
    in_use = float(np.trace(np.linalg.solve(gram + np.eye(len(gram)), gram)))
    rows = np.count_nonzero(information)
    return float(np.sqrt((rows + in_use) / max(rows - in_use, 0.1 * rows)))
