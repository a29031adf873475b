// The left panel: sections one above the other, each with its share of the height.

import { SidePanel } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import { Debouncer } from '@lumino/polling';
import type { AccordionPanel, Widget } from '@lumino/widgets';
import { experimentsIcon } from '../icons';
import type { Text } from '../text';
import type { ProjectModel } from './model';
import type { IExperimentsPanel } from './tokens';

export class ExperimentsPanel extends SidePanel implements IExperimentsPanel {
  constructor(options: ExperimentsPanel.IOptions) {
    super();
    const { trans } = options.text;
    this.id = 'mlnb-experiments';
    this.addClass('mlnb-ExperimentsPanel');
    this.title.icon = experimentsIcon;
    this.title.caption = trans.__('Experiments');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', trans.__('Experiments'));
    this.project = options.project;
    this._activate = options.activate;
  }

  readonly project: ProjectModel;

  addSection(content: Widget, options: { rank: number; stretch: number }): void {
    this._ranks.set(content, options);
    const after = this.widgets.findIndex(each => (this._ranks.get(each)?.rank ?? -1) > options.rank);
    this.insertWidget(after < 0 ? this.widgets.length : after, content);
    const stretches = this.widgets.map(each => this._ranks.get(each)?.stretch ?? 1);
    (this.content as AccordionPanel).setRelativeSizes(stretches);
  }

  refresh(): void {
    void this._refresher.invoke();
  }

  reveal(): void {
    this._activate(this.id);
  }

  override dispose(): void {
    this._refresher.dispose();
    super.dispose();
  }

  protected override onAfterShow(msg: Message): void {
    super.onAfterShow(msg);
    this.refresh();
  }

  protected override onAfterAttach(msg: Message): void {
    super.onAfterAttach(msg);
    this.refresh();
  }

  private readonly _activate: (id: string) => void;
  private readonly _ranks = new Map<Widget, { rank: number; stretch: number }>();
  /** Saves, moves through folders and changes of notebook come in bursts. */
  private readonly _refresher = new Debouncer(async () => {
    if (this.isVisible) {
      await this.project.refresh();
    }
  }, 200);
}

export namespace ExperimentsPanel {
  export interface IOptions {
    project: ProjectModel;
    text: Text;
    /** Brings the widget with an id into view. */
    activate: (id: string) => void;
  }
}
