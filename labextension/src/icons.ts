// The icons of mlnb, drawn to sit beside those of JupyterLab in every theme.

import { LabIcon, notebookIcon } from '@jupyterlab/ui-components';
import cleaningSvg from '../style/icons/cleaning.svg';
import datasetSvg from '../style/icons/dataset.svg';
import deploymentSvg from '../style/icons/deployment.svg';
import experimentSvg from '../style/icons/experiment.svg';
import experimentsSvg from '../style/icons/experiments.svg';
import explorationSvg from '../style/icons/exploration.svg';
import lineageSvg from '../style/icons/lineage.svg';
import markErrorSvg from '../style/icons/mark-error.svg';
import markNoteSvg from '../style/icons/mark-note.svg';
import markWarningSvg from '../style/icons/mark-warning.svg';
import notebookPanelSvg from '../style/icons/notebook-panel.svg';
import pipelineSvg from '../style/icons/pipeline.svg';
import runWithSvg from '../style/icons/run-with.svg';
import scratchSvg from '../style/icons/scratch.svg';
import stateCancelledSvg from '../style/icons/state-cancelled.svg';
import stateFailedSvg from '../style/icons/state-failed.svg';
import stateLostSvg from '../style/icons/state-lost.svg';
import stateQueuedSvg from '../style/icons/state-queued.svg';
import stateRunningSvg from '../style/icons/state-running.svg';
import stateSucceededSvg from '../style/icons/state-succeeded.svg';
import verdictToleranceSvg from '../style/icons/verdict-tolerance.svg';
import type { AdoptRow, JobState, KindName, RunState, Severity, Verdict } from './api/schema';

export const experimentsIcon = new LabIcon({ name: 'mlnb:experiments', svgstr: experimentsSvg });
export const notebookPanelIcon = new LabIcon({ name: 'mlnb:notebook-panel', svgstr: notebookPanelSvg });
export const runWithIcon = new LabIcon({ name: 'mlnb:run-with', svgstr: runWithSvg });
export const scratchIcon = new LabIcon({ name: 'mlnb:scratch', svgstr: scratchSvg });
export const lineageIcon = new LabIcon({ name: 'mlnb:lineage', svgstr: lineageSvg });
export const datasetIcon = new LabIcon({ name: 'mlnb:dataset', svgstr: datasetSvg });
export const pipelineIcon = new LabIcon({ name: 'mlnb:pipeline', svgstr: pipelineSvg });
export const errorMark = new LabIcon({ name: 'mlnb:mark-error', svgstr: markErrorSvg });

const warningMark = new LabIcon({ name: 'mlnb:mark-warning', svgstr: markWarningSvg });
const noteMark = new LabIcon({ name: 'mlnb:mark-note', svgstr: markNoteSvg });
const succeeded = new LabIcon({ name: 'mlnb:state-succeeded', svgstr: stateSucceededSvg });
const failed = new LabIcon({ name: 'mlnb:state-failed', svgstr: stateFailedSvg });
const cancelled = new LabIcon({ name: 'mlnb:state-cancelled', svgstr: stateCancelledSvg });
const lost = new LabIcon({ name: 'mlnb:state-lost', svgstr: stateLostSvg });
const queued = new LabIcon({ name: 'mlnb:state-queued', svgstr: stateQueuedSvg });
const running = new LabIcon({ name: 'mlnb:state-running', svgstr: stateRunningSvg });
const tolerance = new LabIcon({ name: 'mlnb:verdict-tolerance', svgstr: verdictToleranceSvg });

const KIND_ICONS: Record<KindName, LabIcon> = {
  exploration: new LabIcon({ name: 'mlnb:exploration', svgstr: explorationSvg }),
  cleaning: new LabIcon({ name: 'mlnb:cleaning', svgstr: cleaningSvg }),
  experiment: new LabIcon({ name: 'mlnb:experiment', svgstr: experimentSvg }),
  deployment: new LabIcon({ name: 'mlnb:deployment', svgstr: deploymentSvg })
};

/** The icon of a kind; that of any notebook where there is none. */
export function kindIcon(kind: KindName | null): LabIcon {
  return kind === null ? notebookIcon : KIND_ICONS[kind];
}

/** Each mark has a shape of its own: colour only repeats it. */
export const SEVERITY_ICONS: Record<Severity, LabIcon> = {
  error: errorMark,
  warn: warningMark,
  info: noteMark
};

export const RUN_ICONS: Record<RunState, LabIcon> = { queued, running, succeeded, failed, cancelled, lost };

export const JOB_ICONS: Record<JobState, LabIcon> = { running, done: succeeded, failed, cancelled };

export const VERDICT_ICONS: Record<Verdict, LabIcon> = {
  identical: succeeded,
  'within tolerance': tolerance,
  different: failed,
  'not checked': lost
};

export const CONFIDENCE_ICONS: Record<AdoptRow['confidence'], LabIcon> = {
  high: succeeded,
  medium: tolerance,
  low: lost
};
