"""Makes goldenValues.json: what scikit-learn says about a small table with a number to predict, and of trees. Run it as golden.py."""

import json
import sys

import numpy as np
import sklearn
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.linear_model import LinearRegression
from sklearn.metrics import mean_squared_error, r2_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

draw = np.random.default_rng(11)


def table(rows):
    """A smooth number, whole numbers with gaps, a category of 7, a category of 3 with gaps."""
    x = np.round(draw.normal(size=rows), 4)
    n = draw.integers(0, 40, size=rows).astype(float)
    n[draw.random(rows) < 0.2] = np.nan
    c = draw.integers(0, 7, size=rows).astype(float)
    d = draw.integers(0, 3, size=rows).astype(float)
    d[draw.random(rows) < 0.15] = np.nan
    return np.column_stack([x, n, c, d])


def value(t):
    x, n, c, d = t.T
    y = 2 * x + 0.1 * np.nan_to_num(n, nan=35) + np.where(c % 3 == 0, 1.0, -0.5) + np.where(np.isnan(d), 1.2, 0.3 * d)
    return np.round(1000 * (y + 0.5 * x * (c > 3)) + 300 * draw.normal(size=len(x)), 1)


def columns(t):
    return [[None if np.isnan(v) else float(v) for v in column] for column in t.T]


train, test = table(250), table(80)
y, truth = value(train), value(test)
mean = np.nanmean(train[:, 1])


def filled(t):
    t = t.copy()
    t[np.isnan(t[:, 1]), 1] = mean
    t[np.isnan(t[:, 3]), 3] = -1
    return t


linear = make_pipeline(
    make_column_transformer(("passthrough", [0, 1]), (OneHotEncoder(handle_unknown="ignore"), [2, 3])), LinearRegression()
).fit(filled(train), y)
boosting = HistGradientBoostingRegressor(max_iter=25, categorical_features=[2, 3], early_stopping=False).fit(train, y)
# Trees of numbers without gaps: scikit-learn's know neither categories nor, in our way, missing cells. Fewer than 255
# distinct values, so that both may cut between any two.
plain = filled(train)[:, :2]
kinds = np.digitize(y, np.quantile(y, [0.3, 0.7]))
tree = dict(max_depth=4, min_samples_leaf=7, random_state=0)
said = linear.predict(filled(test))
json.dump(
    {
        "made": f"goldenValues.py, scikit-learn {sklearn.__version__}, numpy {np.__version__}, Python {sys.version.split()[0]}",
        "train": columns(train),
        "values": y.tolist(),
        "test": columns(test),
        "truth": truth.tolist(),
        "linear": said.round(9).tolist(),
        "r2": r2_score(truth, said),
        "rmse": mean_squared_error(truth, said) ** 0.5,
        "boosting": boosting.predict(test).round(9).tolist(),
        "plain": columns(plain),
        "kinds": kinds.tolist(),
        "treeValues": DecisionTreeRegressor(**tree).fit(plain, y).predict(plain).round(9).tolist(),
        "treeChances": DecisionTreeClassifier(**tree).fit(plain, kinds).predict_proba(plain).round(9).tolist(),
    },
    open("goldenValues.json", "w"),
    separators=(",", ":"),
)
