"""Makes golden.json: what scikit-learn says about two small tables. Run it with a Python that has scikit-learn."""

import json
import sys

import numpy as np
import sklearn
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score, roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, RobustScaler

draw = np.random.default_rng(7)


def table(rows):
    """A smooth number, whole numbers with gaps, a category of 7, a category of 3 with gaps."""
    x = np.round(draw.normal(size=rows), 4)
    n = draw.integers(0, 40, size=rows).astype(float)
    n[draw.random(rows) < 0.2] = np.nan
    c = draw.integers(0, 7, size=rows).astype(float)
    d = draw.integers(0, 3, size=rows).astype(float)
    d[draw.random(rows) < 0.15] = np.nan
    return np.column_stack([x, n, c, d])


def labels(t, classes):
    x, n, c, d = t.T
    score = x + 0.05 * np.nan_to_num(n, nan=35) + np.where(c % 3 == 0, 1.0, -0.5) + np.where(np.isnan(d), 1.2, 0.3 * d)
    score = score + 0.5 * draw.normal(size=len(x))
    edges = np.quantile(score, np.linspace(0, 1, classes + 1)[1:-1])
    return np.searchsorted(edges, score)


def columns(t):
    return [[None if np.isnan(v) else float(v) for v in column] for column in t.T]


cases = []
for classes in (2, 3):
    train, test = table(500), table(120)
    y, truth = labels(train, classes), labels(test, classes)
    # Codes 7 and 2 that training has not are a matter of prediction alone.
    test[:5, 2] = 9
    boosting = HistGradientBoostingClassifier(max_iter=25, categorical_features=[2, 3], early_stopping=False).fit(train, y)
    p = boosting.predict_proba(test)
    # The logistic regression has no missing cells: numbers get the training mean, categories a place of their own.
    mean = np.nanmean(train[:, 1])

    def filled(t):
        t = t.copy()
        t[np.isnan(t[:, 1]), 1] = mean
        t[np.isnan(t[:, 3]), 3] = -1
        return t

    logistic = make_pipeline(
        make_column_transformer((RobustScaler(), [0, 1]), (OneHotEncoder(handle_unknown="ignore"), [2, 3])),
        LogisticRegression(solver="newton-cg", tol=1e-9, max_iter=1_000),
    ).fit(filled(train), y)
    q = logistic.predict_proba(filled(test))
    auc = roc_auc_score(truth, p[:, 1]) if classes == 2 else roc_auc_score(truth, p, multi_class="ovr")
    guess = p.argmax(1)
    cases.append(
        {
            "classes": classes,
            "train": columns(train),
            "labels": y.tolist(),
            "test": columns(test),
            "truth": truth.tolist(),
            "boosting": p.round(9).tolist(),
            "logistic": q.round(9).tolist(),
            "auc": auc,
            "accuracy": accuracy_score(truth, guess),
            "macroF1": f1_score(truth, guess, average="macro"),
        }
    )
made = f"golden.py, scikit-learn {sklearn.__version__}, numpy {np.__version__}, Python {sys.version.split()[0]}"
json.dump({"made": made, "cases": cases}, open("golden.json", "w"), separators=(",", ":"))
