// The names of all commands; menus and toolbars in schema/ use the same ones.

export namespace CommandIDs {
  export const createExploration = 'mlnb:create-exploration';
  export const createCleaning = 'mlnb:create-cleaning';
  export const createExperiment = 'mlnb:create-experiment';
  export const createDeployment = 'mlnb:create-deployment';
  export const createScratch = 'mlnb:create-scratch';
  export const continueCleaning = 'mlnb:continue-as-cleaning';
  export const continueExperiment = 'mlnb:continue-as-experiment';
  export const continueDeployment = 'mlnb:continue-as-deployment';
  export const continueExploration = 'mlnb:continue-as-exploration';
  export const renameNotebook = 'mlnb:rename-notebook';
  export const splitNotebook = 'mlnb:split-notebook';
  export const undoChange = 'mlnb:undo-change';
  export const adopt = 'mlnb:adopt';
  export const showLineage = 'mlnb:show-lineage';
  export const showExperiments = 'mlnb:show-experiments';
  export const showNotebook = 'mlnb:show-notebook';
  export const search = 'mlnb:search';
  export const checkNotebook = 'mlnb:check-notebook';
  export const runNotebook = 'mlnb:run-notebook';
  export const promoteNotebook = 'mlnb:promote-notebook';
  export const refreshDatasets = 'mlnb:refresh-datasets';
  export const loadDataset = 'mlnb:load-dataset';
}

/** In the order of the work. */
export const CONTINUATIONS: readonly string[] = [
  CommandIDs.continueExploration,
  CommandIDs.continueCleaning,
  CommandIDs.continueExperiment,
  CommandIDs.continueDeployment
];

/** The id of the plugin that owns the settings, and so the name of the file in schema/. */
export const PLUGIN_ID = 'mlnb-lab:plugin';
