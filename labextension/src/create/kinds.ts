// What the launcher and the dialog say of the four kinds, before the server has been asked anything.

import type { TranslationBundle } from '@jupyterlab/translation';
import type { KindName } from '../api/schema';
import { CommandIDs } from '../commands';

/** In the order of the work. */
export const KINDS: readonly { kind: KindName; command: string }[] = [
  { kind: 'exploration', command: CommandIDs.createExploration },
  { kind: 'cleaning', command: CommandIDs.createCleaning },
  { kind: 'experiment', command: CommandIDs.createExperiment },
  { kind: 'deployment', command: CommandIDs.createDeployment }
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
