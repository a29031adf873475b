// What journeys may use of the left panel.

import { Token } from '@lumino/coreutils';
import type { Widget } from '@lumino/widgets';
import type { ProjectModel } from './model';

export interface IExperimentsPanel {
  /** The project that the panel shows: that of the open notebook, else that of the file browser. */
  readonly project: ProjectModel;
  /** Add a section; its title is the title of the widget. `stretch` is its share of the height. */
  addSection(content: Widget, options: { rank: number; stretch: number }): void;
  /** Look again at the project, soon; nothing is asked while nobody can see the panel. */
  refresh(): void;
  /** Show the panel. */
  reveal(): void;
}

export const IExperimentsPanel = new Token<IExperimentsPanel>(
  'mlnb-lab:IExperimentsPanel',
  'The left panel with search and datasets; journeys add their sections to it.'
);
