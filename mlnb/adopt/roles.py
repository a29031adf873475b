"""What a call says about the work a cell does: the names of libraries' functions and methods, as tables."""

from __future__ import annotations

from enum import StrEnum

from mlnb.dataflow.mutators import words


class Role(StrEnum):
    """A kind of step that cells are made of; the value is how a reason names it."""

    READ = "reads tables"
    LOOK = "looks at rows and counts"
    PLOT = "plots"
    CLEAN = "cleans and reshapes tables"
    FEATURES = "makes features"
    GATHER = "gathers data from the web or a database"
    WRITE = "writes data"
    SPLIT = "splits into training and test data"
    PREPARE = "fits a preprocessor"
    TRAIN = "trains"
    TUNE = "tunes"
    EVALUATE = "measures the quality of predictions"
    PREDICT = "predicts"
    SAVE = "saves a trained model"
    LOAD = "loads a trained model"
    SERVE = "serves or schedules"
    TEST = "tests a hypothesis"
    TOY = "makes or fetches a toy dataset"


# A function or method by its last name, whatever it is called on.
CALLS: dict[Role, frozenset[str]] = {
    Role.READ: words(
        """
        read_csv read_table read_parquet read_feather read_excel read_json read_pickle read_hdf read_orc read_fwf
        read_stata read_sas read_spss read_xml read_html scan_csv scan_parquet read_ndjson open_dataset open_mfdataset
        loadtxt genfromtxt loadmat imread load_img read_file load_dataset wavfile image_dataset_from_directory
        flow_from_directory flow_from_dataframe ImageFolder from_csv read_h5ad
        """
    ),
    Role.LOOK: words(
        """
        head tail info describe value_counts nunique unique sample isnull isna corr skew kurtosis duplicated crosstab
        pivot_table memory_usage ProfileReport profile_report display quantile nlargest nsmallest most_common shape
        columns dtypes
        """
    ),
    Role.PLOT: words(
        """
        plot hist boxplot scatter scatterplot barplot countplot histplot kdeplot distplot heatmap pairplot jointplot
        lineplot violinplot catplot displot relplot lmplot regplot barh pie imshow subplots subplot figure show
        add_trace update_layout choropleth Choropleth Map ggplot mark_bar mark_line mark_point mark_circle iplot bar
        line treemap sunburst WordCloud plot_model FacetGrid stripplot swarmplot clustermap axvline axhline
        scatter_matrix plot_confusion_matrix dendrogram
        """
    ),
    Role.CLEAN: words(
        """
        dropna fillna drop_duplicates replace interpolate to_datetime to_numeric astype rename merge concat melt
        explode pivot drop reset_index set_index to_timedelta json_normalize ffill bfill append join map strip isin
        where mask sort_values combine_first resample reindex
        """
    ),
    Role.FEATURES: words(
        """
        get_dummies cut qcut shift rolling ewm LabelEncoder OneHotEncoder OrdinalEncoder TfidfVectorizer
        CountVectorizer PolynomialFeatures StandardScaler MinMaxScaler RobustScaler factorize pct_change KNNImputer
        SimpleImputer extract_features word_tokenize lemmatize stem stopwords
        """
    ),
    Role.GATHER: words(
        """
        BeautifulSoup find_all select_one urlopen urlretrieve read_sql read_sql_query read_sql_table read_gbq
        create_engine Scrapy webdriver find_element find_elements find_element_by_xpath user_timeline Cursor
        search_tweets wget Spotify geocode reverse PushshiftAPI OAuthHandler kaggle_download download_file paginate
        execute fetchall
        """
    ),
    Role.WRITE: words(
        """
        to_csv to_parquet to_feather to_excel to_pickle to_hdf to_sql to_gbq to_netcdf to_stata to_json to_file
        write_csv write_parquet savez savez_compressed savetxt sink_parquet saveAsTable insert_many insert_one
        write_h5ad savemat save_npz imwrite imsave
        """
    ),
    Role.SPLIT: words(
        """
        train_test_split KFold StratifiedKFold GroupKFold TimeSeriesSplit ShuffleSplit StratifiedShuffleSplit
        random_split randomSplit temporal_train_test_split RepeatedKFold LeaveOneOut
        """
    ),
    Role.TRAIN: words(
        """
        fit_generator partial_fit backward fit_one_cycle fine_tune fine_tune_model cross_val_score cross_validate
        cross_val_predict DefaultTrainer Trainer Seq2SeqTrainer SFTTrainer learn train_on_batch auto_arima
        compare_models create_model AutoML train_epoch train_model lr_find minimize apply_gradients fit_resample
        train_supervised
        """
    ),
    Role.TUNE: words(
        """
        GridSearchCV RandomizedSearchCV HalvingGridSearchCV HalvingRandomSearchCV BayesSearchCV create_study fmin
        suggest_float suggest_int suggest_categorical tune_model Hyperband RandomSearch BayesianOptimization
        ParameterGrid validation_curve learning_curve CrossValidator ParamGridBuilder HyperparameterTuner
        """
    ),
    Role.EVALUATE: words(
        """
        accuracy_score f1_score precision_score recall_score roc_auc_score roc_curve confusion_matrix
        classification_report mean_squared_error mean_absolute_error r2_score log_loss auc average_precision_score
        precision_recall_curve silhouette_score evaluate score ConfusionMatrixDisplay RocCurveDisplay
        balanced_accuracy_score cohen_kappa_score matthews_corrcoef mean_absolute_percentage_error
        root_mean_squared_error adjusted_rand_score jaccard_score precision_recall_fscore_support feature_importances_
        permutation_importance shap_values summary_plot corpus_bleu evaluate_model concordance_index
        MulticlassClassificationEvaluator BinaryClassificationEvaluator RegressionEvaluator
        """
    ),
    Role.PREDICT: words("predict predict_proba predict_generator decision_function forecast predict_on_batch"),
    Role.SAVE: words("save_model save_weights save_pretrained log_model save_checkpoint dump_model export_pkl"),
    Role.LOAD: words("load_model load_weights load_state_dict load_learner load_checkpoint load_from_checkpoint"),
    Role.SERVE: words(
        """
        FastAPI Flask Interface create_endpoint invoke_endpoint deploy Predictor register_model uvicorn
        create_endpoint_config LocalWebservice AciWebservice InferenceConfig send_message DAG
        create_run_from_pipeline_func create_model_version Deployment launch BatchTransform
        """
    ),
    Role.TEST: words(
        """
        ttest_ind ttest_rel ttest_1samp chi2_contingency mannwhitneyu f_oneway shapiro pearsonr spearmanr kruskal
        adfuller anova_lm ks_2samp wilcoxon levene normaltest seasonal_decompose plot_acf plot_pacf
        variance_inflation_factor
        """
    ),
    Role.TOY: words(
        """
        make_classification make_regression make_blobs make_moons make_circles load_iris load_digits load_boston
        load_wine load_breast_cancer load_diabetes fetch_california_housing fetch_20newsgroups fetch_openml MNIST
        CIFAR10 FashionMNIST read_data_sets
        """
    ),
}
ROLE_OF: dict[str, Role] = {name: role for role, names in CALLS.items() for name in names}

# Classes whose `fit` learns how to prepare data, not how to predict.
PREPROCESSORS = words(
    """
    StandardScaler MinMaxScaler RobustScaler MaxAbsScaler Normalizer LabelEncoder OneHotEncoder OrdinalEncoder
    LabelBinarizer MultiLabelBinarizer SimpleImputer KNNImputer IterativeImputer PolynomialFeatures PowerTransformer
    QuantileTransformer KBinsDiscretizer TfidfVectorizer CountVectorizer HashingVectorizer TfidfTransformer Tokenizer
    ColumnTransformer SelectKBest VarianceThreshold PCA TruncatedSVD TSNE UMAP TargetEncoder FunctionTransformer
    StringIndexer VectorAssembler IncrementalPCA ImageDataGenerator SparsePCA MDS Isomap BERTopic norm expon gamma
    curve_fit polyfit
    """
)

# Modules whose functions draw.
PLOTTING = words(
    "matplotlib seaborn plotly altair bokeh folium plotnine pygal missingno wordcloud holoviews hvplot cufflinks pydeck"
)

# File types in which trained models are kept.
WEIGHTS = (
    ".h5",
    ".hdf5",
    ".keras",
    ".pt",
    ".pth",
    ".ckpt",
    ".onnx",
    ".joblib",
    ".pb",
    ".tflite",
    ".mlmodel",
    ".safetensors",
)
