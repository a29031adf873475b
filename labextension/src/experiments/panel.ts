// The left panel: sections one above the other, each with its share of the height.

import { SidePanel } from '@jupyterlab/ui-components';
import { type ISignal, Signal } from '@lumino/signaling';
import type { Message } from '@lumino/messaging';
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

  /** Emitted when the panel comes into view. */
  get shown(): ISignal<this, void> {
    return this._shown;
  }

  addSection(content: Widget, options: { rank: number; stretch: number }): void {
    this._ranks.set(content, options);
    const after = this.widgets.findIndex(each => (this._ranks.get(each)?.rank ?? -1) > options.rank);
    this.insertWidget(after < 0 ? this.widgets.length : after, content);
    const stretches = this.widgets.map(each => this._ranks.get(each)?.stretch ?? 1);
    (this.content as AccordionPanel).setRelativeSizes(stretches);
  }

  reveal(): void {
    this._activate(this.id);
  }

  protected override onAfterShow(msg: Message): void {
    super.onAfterShow(msg);
    this._shown.emit();
  }

  protected override onAfterAttach(msg: Message): void {
    super.onAfterAttach(msg);
    if (this.isVisible) {
      this._shown.emit();
    }
  }

  private readonly _activate: (id: string) => void;
  private readonly _ranks = new Map<Widget, { rank: number; stretch: number }>();
  private readonly _shown = new Signal<this, void>(this);
}

export namespace ExperimentsPanel {
  export interface IOptions {
    project: ProjectModel;
    text: Text;
    /** Brings the widget with an id into view. */
    activate: (id: string) => void;
  }
}
