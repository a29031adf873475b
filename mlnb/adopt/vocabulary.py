"""The words by which people name, head and describe the kinds of notebook, in the languages met most."""

from __future__ import annotations

import re

from mlnb.dataflow.mutators import words


def _any_of(text: str) -> re.Pattern[str]:
    """One of the beginnings of words; those that end with “.” are whole words, “_” stands for a space."""
    parts = [
        re.escape(part.rstrip(".").replace("_", " ")) + (r"(?![^\W_])" if part.endswith(".") else r"[^\W_]*")
        for part in text.split()
    ]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(parts)})")


NAMES: dict[str, re.Pattern[str]] = {
    "exploration": _any_of(
        """
        eda. explor overview insight visuali visuals. viz. plot. plots plotting figure. figures graph. graphs. chart
        statistic. statistics stats. descriptive profiling describe dashboard understanding first_look inspect
        distribution correlat hypothes data_analysis analysis. analyse analyz analysing initial_analysis map. maps.
        exploraci exploração exploratoire explorativ análisis_explorat analisis_explorat analyse_explorat visualisier
        visualiz gráfic grafic 探索 可视化 可視化 разведочн анализ_данных
        """
    ),
    "cleaning": _any_of(
        """
        clean preproc pre_proc prepro prep. preparation prepare wrangl munging munge etl. extract transform.
        transformation merge merging join. feature_eng features. featurization fe. engineer scrap crawl collect
        download gather ingest convert parse parsing import. process. processing processed impute imputation missing.
        outlier dedup label. labelling labeling annotat format build_dataset build_data create_dataset make_dataset
        dataset. dataprep augment aggregat reshape combine consolidat filter fetch load_data data_loading get_data
        tokeniz limpieza limpeza nettoyage bereinig aufbereit preparación preparacion preprocesamiento tratamento
        pulizia 清洗 预处理 前処理 очистка предобработка подготовка manipula
        """
    ),
    "experiment": _any_of(
        """
        model modeling modelling modelo modèle modell train. training baseline experiment predicti classif regress
        forecast cluster tune. tuning hyperparam optuna gridsearch grid_search xgb xgboost lightgbm lgbm lgb. catboost
        lstm gru. cnn rnn gan. vae bert roberta gpt resnet unet yolo transformer. random_forest randomforest forest.
        svm knn arima sarima prophet benchmark ablation evaluat ensembl stacking stack. blend boosting neural finetun
        fine_tun kmeans k_means autoencoder recommend logistic bayes pca. topic_model word2vec embedding compar
        results. result. cross_val validation cv. ml. machine_learning deep_learning dl. loss. learner entrenamiento
        treinamento entraînement entrainement vorhersage predicción prediccion previsão klassifik 训练 模型 学習 モデル
        обучение модел 예측 학습
        """
    ),
    "deployment": _any_of(
        """
        deploy inference inferencing infer. serving serve. production prod. endpoint submission submit pipeline
        demo_app app. predict. scoring batch_pred monitoring sagemaker mlops register release live. bot. despliegue
        déploiement bereitstellung implantação 部署 推理
        """
    ),
    "trial": _any_of("test. testing. tests. try. trying check. checking debug discovery api"),
    "results": _any_of("results. result. evaluation eval. compar performance metrics error"),
    "none": _any_of(
        """
        tutorial exercise homework hw. lesson lecture assignment lab. labs. workshop course intro. introduction_to
        example examples quickstart getting_started how_to howto solution practice chapter notes. quiz basics
        walkthrough guided demo. test. testing. tests. sandbox playground scratch. hello training_course cheat
        template ejercicio exercice aula. clase. übung aufgabe taller tarea 教程 练习 урок
        """
    ),
}

FOLDERS: dict[str, re.Pattern[str]] = {
    "exploration": _any_of("eda. explor analysis analyses visuali figures plots insight analise análisis"),
    "cleaning": _any_of("clean preproc preparation prep. etl. scrap data_prep features feature_eng wrangl ingest"),
    "experiment": _any_of("model models modeling modelling training train. experiment ablation"),
    "deployment": _any_of("deploy inference production serving submission submissions pipeline pipelines"),
    "lesson": _any_of(
        "tutorial workshop lab. labs. lesson lecture exercise homework hw. assignment course gallery walkthrough class."
        " teaching"
    ),
    "package": _any_of("src. lib. libs. package"),
    "example": _any_of("example demo. demos. docs. doc. test. tests. sandbox playground scratch template"),
}

TRAINING_DATA = _any_of("training_set training_data train_data train_set test_set data_set dataset")

PROSE: dict[str, re.Pattern[str]] = {
    "none": re.compile(
        r"your code here|begin solution|end solution|in this (?:tutorial|lab|exercise|lesson|workshop)"
        r"|learning (?:objectives|goals|outcomes)|you will (?:learn|use|build|need|be able)"
        r"|exercise \d|question \d+[.:)]"
        r"|(?:complete|fill in) the (?:code|cell|function|following)|grad(?:ing|ed) "
        r"|this example (?:shows|demonstrates|illustrates)|homework|todo: ?(?:write|your|implement|complete)"
        r"|lab overview|quickstart|run the (?:next|following) cell"
    ),
    "cleaning": re.compile(
        r"\bclean(?:ing|ed)?\b|\bmerg(?:e|ing)\b|missing values|duplicat|scrap(?:e|ing)|download|pre-?process"
        r"|\bdrop(?:ping)? (?:the )?(?:columns?|rows?)|limpi|valores nulos|nettoy|extract(?:ing)? "
    ),
    "experiment": re.compile(
        r"hyper-?parameter|baseline|cross[- ]validation|overfit|hypothesis|accuracy|f1[- ]score|\brmse\b|\bauc\b"
        r"|learning rate|epochs?\b"
    ),
    "deployment": re.compile(r"deploy|endpoint|in production|inference|submission|real[- ]time|serving"),
}

# Text that speaks to a reader who is to learn.
ADDRESSES = re.compile(r"\byou(?:r|['’]ll|['’]re)?\b|\blet['’]?s\b|\bwe(?: will|['’]ll)\b|\bnote that\b")
LICENCE = re.compile(
    r"licensed under the apache|copyright (?:\(c\)|©|20\d\d)|run (?:this )?in (?:google )?colab|open in colab"
    r"|all rights reserved|spdx-licen"
)

TRAINING_OUTPUT = re.compile(
    r"\bepoch\b|val_loss|\bloss[:=]|\baccuracy[:=]|f1-score|early stopping|best params|\brmse\b"
)

# Words in names, texts and comments of the code.
WORDS: dict[str, frozenset[str]] = {
    "experiment": words(
        """
        epoch epochs loss losses optimizer batch accuracy auc rmse mae mse models train val valid hyperparameters
        params baseline estimator estimators classifier regressor fold folds checkpoint trainer dropout lr scheduler
        logits gradient scores preds importance importances hidden
        """
    ),
    "cleaning": words(
        """
        clean cleaned cleaning raw scrape scraper scraping soup driver html url urls parse parsed extract merged merge
        missing duplicates nulls convert download downloaded processed output regex impute html href
        """
    ),
    "deployment": words(
        "deploy endpoint payload inference submission api serve service production request response live bot"
    ),
    "none": words("tutorial exercise solution example foo bar hello lesson todo answer quiz demo"),
}
