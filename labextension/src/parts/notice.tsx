// What a view shows instead of a list: one sentence and one next step.

import { Button } from '@jupyterlab/ui-components';
import * as React from 'react';

export interface INoticeProps {
  children: React.ReactNode;
  /** An error is announced at once, anything else when the reader pauses. */
  tone?: 'plain' | 'error';
  action?: { label: string; onClick: () => void; className?: string; isMain?: boolean };
}

export function Notice(props: INoticeProps): JSX.Element {
  const { children, tone = 'plain', action } = props;
  return (
    <div className="mlnb-Notice" data-tone={tone} role={tone === 'error' ? 'alert' : 'status'}>
      <p>{children}</p>
      {action && (
        <Button
          className={`jp-mod-styled ${action.isMain ? 'jp-mod-accept' : ''} ${action.className ?? ''}`}
          onClick={action.onClick}
        >
          {action.label}
        </Button>
      )}
    </div>
  );
}

/** Shown only when waiting takes long enough to be noticed; the delay is in the style sheet. */
export function Waiting(props: { label: string }): JSX.Element {
  return (
    <div className="mlnb-Waiting" role="status" aria-label={props.label}>
      <span className="mlnb-Waiting-bar" />
    </div>
  );
}
