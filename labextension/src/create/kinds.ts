// What the launcher and the dialog say of the four kinds, before the server has been asked anything.

import type { TranslationBundle } from '@jupyterlab/translation';
import type { KindName } from '../api/schema';
import { CommandIDs } from '../commands';

/** In the order of the work. */
export const KINDS: readonly { kind: KindName; command: string; continues: string }[] = [
  {
    kind: 'exploration',
    command: CommandIDs.createExploration,
    continues: CommandIDs.continueExploration
  },
  { kind: 'cleaning', command: CommandIDs.createCleaning, continues: CommandIDs.continueCleaning },
  { kind: 'experiment', command: CommandIDs.createExperiment, continues: CommandIDs.continueExperiment },
  { kind: 'deployment', command: CommandIDs.createDeployment, continues: CommandIDs.continueDeployment }
];

export function caption(kind: KindName, trans: TranslationBundle): string {
  return {
    exploration: trans.__('A first look at a dataset'),
    cleaning: trans.__('Clean a dataset and design first features'),
    experiment: trans.__('Train and test one idea'),
    deployment: trans.__('The whole pipeline, from data to prediction')
  }[kind];
}

export function prompt(kind: KindName, trans: TranslationBundle): string {
  return {
    exploration: trans.__('What do you want to know?'),
    cleaning: trans.__('What is cleaned?'),
    experiment: trans.__('What is the idea?'),
    deployment: trans.__('What is deployed?')
  }[kind];
}

/** As the palette shows it, with the verb first. */
export function commandLabel(kind: KindName, trans: TranslationBundle): string {
  return {
    exploration: trans.__('Create Exploration Notebook…'),
    cleaning: trans.__('Create Cleaning Notebook…'),
    experiment: trans.__('Create Experiment Notebook…'),
    deployment: trans.__('Create Deployment Notebook…')
  }[kind];
}

/** As the palette shows it, with the verb first. */
export function continueLabel(kind: KindName, trans: TranslationBundle): string {
  return {
    exploration: trans.__('Continue Notebook as Exploration…'),
    cleaning: trans.__('Continue Notebook as Cleaning…'),
    experiment: trans.__('Continue Notebook as Experiment…'),
    deployment: trans.__('Continue Notebook as Deployment…')
  }[kind];
}

/** What the dialog is called then. */
export function continueTitle(kind: KindName, trans: TranslationBundle): string {
  return {
    exploration: trans.__('Continue as exploration'),
    cleaning: trans.__('Continue as cleaning'),
    experiment: trans.__('Continue as experiment'),
    deployment: trans.__('Continue as deployment')
  }[kind];
}
