"""What a notebook does in a word or two, by what it trains and calls: `random forest`, `confusion matrix`."""

from __future__ import annotations

import re

from mlnb.adopt.content import Content
from mlnb.adopt.phrases import uncamelled, words
from mlnb.dataflow.mutators import words as table

# A class that is fitted and is a model; samplers, searches, scalers and pictures are fitted too, and are none.
_ESTIMATOR = re.compile(
    r"(?:Classifier|Regressor|Regression|SV[CR]|NB|ARIMAX?|Prophet|Means|DBSCAN|Mixture|Forest|Lasso|Ridge|ElasticNet"
    r"|Neighbors|LDA|LatentDirichletAllocation|NMF|Perceptron|Clustering|Sequential|Boost|OLS|ALS|GLM|Logit|HMM"
    r"|(?:Word|Doc)2Vec|FastText|BERTopic|LSTM|GRU|RNN|CNN|MLP|VAE|GAN|Net|[Ee]ncoder[A-Z]\w*|Smoothing)(?:CV)?$"
)
_ALIASES = {
    "lgb": "LightGBM",
    "xgb": "XGBoost",
    "LGBMClassifier": "LightGBM",
    "LGBMRegressor": "LightGBM",
    "XGBClassifier": "XGBoost",
    "XGBRegressor": "XGBoost",
    "CatBoostClassifier": "CatBoost",
    "CatBoostRegressor": "CatBoost",
    "SARIMAX": "SARIMAX",
}
_PLAIN_LEARNERS = table("classifier regressor sequential model cv net")
_SPELT_SO = table("LightGBM XGBoost CatBoost SARIMAX ARIMA LSTM GRU RNN CNN MLP VAE GAN SVC SVR NB DBSCAN LDA NMF OLS")

# The most telling first. The second column is what is called, the third what is imported.
_TASKS: tuple[tuple[str, frozenset[str], frozenset[str]], ...] = (
    ("Streamlit app", frozenset(), table("streamlit")),
    ("Gradio app", frozenset(), table("gradio")),
    ("FastAPI service", table("FastAPI"), frozenset()),
    ("Flask service", table("Flask"), frozenset()),
    ("LSTM", table("LSTM"), frozenset()),
    ("GRU", table("GRU"), frozenset()),
    ("CNN", table("Conv1D Conv2D Conv3D Conv1d Conv2d Conv3d"), frozenset()),
    ("feature importance", table("permutation_importance plot_importance feature_importances_"), frozenset()),
    ("confusion matrix", table("confusion_matrix plot_confusion_matrix ConfusionMatrixDisplay"), frozenset()),
    ("ROC curve", table("roc_curve plot_roc_curve RocCurveDisplay"), frozenset()),
    ("PCA", table("PCA"), frozenset()),
    ("t-SNE", table("TSNE"), frozenset()),
    ("UMAP", table("UMAP"), frozenset()),
    ("LSA", table("LsiModel TruncatedSVD"), frozenset()),
    ("LDA topics", table("LdaModel LdaMulticore LatentDirichletAllocation"), frozenset()),
    ("TF-IDF", table("TfidfVectorizer TfidfModel"), frozenset()),
    ("word cloud", table("WordCloud"), frozenset()),
    ("distances", table("distance geodesic haversine cdist great_circle"), frozenset()),
    ("map", table("Map choropleth Choropleth scatter_mapbox choropleth_mapbox"), frozenset()),
    ("scraping", table("BeautifulSoup Chrome Firefox find_element find_elements"), frozenset()),
    ("molecules", table("MolFromSmiles"), frozenset()),
    ("images", table("imread imshow"), frozenset()),
    ("correlations", table("corr pairplot scatter_matrix"), frozenset()),
    ("encoding", table("OneHotEncoder OrdinalEncoder LabelEncoder get_dummies"), frozenset()),
    ("split", table("train_test_split"), frozenset()),
    ("duplicates", table("drop_duplicates duplicated"), frozenset()),
    ("missing values", table("fillna dropna interpolate SimpleImputer"), frozenset()),
    ("merge", table("merge"), frozenset()),
    ("distributions", table("hist histplot distplot boxplot kdeplot violinplot"), frozenset()),
    ("bar charts", table("bar barh barplot countplot"), frozenset()),
    ("scatter plots", table("scatter scatterplot"), frozenset()),
    ("line plots", table("plot lineplot"), frozenset()),
)


def learner(content: Content) -> str:
    """The model that is trained, where there is only one: of several, none is what the whole is about."""
    found = _estimators(content)
    if len(found) != 1:
        return ""
    spelt = [word for word in words(uncamelled(found[0])) if word.casefold() not in _PLAIN_LEARNERS]
    return " ".join(word if word in _SPELT_SO else word.lower() for word in spelt[:3])


def task(content: Content) -> str:
    """What is done, in a word or two; empty where no call tells."""
    if len(_estimators(content)) > 1:
        return "models"
    packages = {module.split(".")[0] for module in content.modules}
    return next((named for named, calls, modules in _TASKS if calls & content.calls or modules & packages), "")


def _estimators(content: Content) -> list[str]:
    named = [_ALIASES.get(made, made) for made in content.trained if made in _ALIASES or _ESTIMATOR.search(made)]
    return list(dict.fromkeys(named))
