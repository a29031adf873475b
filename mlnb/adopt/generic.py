"""Words that say nothing of what one notebook is about, because any notebook may hold them."""

from __future__ import annotations

from mlnb.dataflow.mutators import words

# Between the words that matter; dropped where a title is too long.
STOP = words(
    """
    after before when where which who while has have then
    a an the of for in on at with within without and or to from by using use via as is are be was it its this that
    these how what why we our you your i my into through based between vs versus per over under about some all de del
    la las el los un una en con por para y o que le les des du et au aux sur dans avec pour une der die das und mit
    von zu im am auf für ein eine den dem des do da dos das no na os um uma e com и в на с по для из как
    """
)

# A heading or file name of only such words is no title.
GENERIC = words(
    """
    import imports importing library libraries package packages module modules dependencies requirements install
    installing installation setup set up settings environment configuration config configure constants parameters
    params helper helpers function functions utils utilities utility util definitions initialization initialize
    initialise init load loading loads read reading get getting fetch open data dataset datasets csv file files table
    tables dataframe introduction intro introducing overview background motivation context abstract description
    objective objectives goal goals purpose problem statement question questions ask summary conclusion conclusions
    findings result results discussion outlook references acknowledgements appendix content contents toc index start
    begin end beginning notebook notebooks jupyter ipython colab kaggle kernel script code analysis analyses analyze
    analyzing analysing analyse exploratory exploration exploring explore eda visualization visualisation
    visualizations visualizing visualize plot plots plotting graph graphs chart charts figure figures statistics stats
    basic basics initial first second third look step steps part section chapter week day session lesson lecture
    module unit assignment assignments homework hw exercise exercises lab labs project projects proj task tasks case
    study question quiz exam midterm final course coursework workshop tutorial capstone bootcamp milestone deliverable
    group team student name author date submission submissions submit model models modeling modelling machine learning
    ml deep training train trained test tests testing validation valid val evaluation evaluate evaluating prediction
    predictions predict predicting inference deployment deploy pipeline pipelines baseline experiment experiments
    preprocess preprocessing pre processing process processed prepare preparation preparing cleaning clean cleaned
    cleanup wrangling munging transform transformation extraction extract feature features engineering selection fe
    merge merged merging join final new old latest untitled copy copie kopie copia draft drafts version backup bak tmp
    temp scratch playground sandbox misc stuff work working example examples sample demo general information info
    understanding main run runs ok checkpoint test1 v libraries necessary required needed path paths settings
    different sources source output outputs metadata raw full complete combined info df pred preds scaled notes note
    importación carga archivos librería necesarias necesarios additional columns column creation quick prototyping
    prototype scrape scraped etl other things various generic viz
    view views nlp statistical mlops fyp tcc msc bsc phd coursework hackathon
    summery ready min max academy school challenge competition competitions kaggle repo
    exploratorio exploratoria exploratoire development research thesis master bachelor university
    class task1 proposal recommended dev prod web app apps
    todo welcome hello introducción introduccion importar librerías librerias datos análisis analisis modelo modelos
    proyecto tarea taller données importation chargement bibliothèques analyse projet modèle daten einleitung
    bibliotheken einführung projekt aufgabe introdução bibliotecas dados análise trabalho projeto введение данные
    импорт загрузка библиотек
    """
)

# In a file name: marks of age and of doubt, not of content.
LEFTOVERS = words(
    """
    copy copie kopie copia final finale latest newest old new backup bak tmp temp draft wip todo untitled notebook nb
    ipynb version rev fixed main
    """
)
