import * as React from 'react'
import * as ReactDOM from 'react-dom'
import { Viewer } from '@microsoft/sarif-web-component'
import log from './log.sarif'

const shown = { Baseline: { value: ['new', 'unchanged', 'updated'] } }
ReactDOM.render(<div style={{ display: 'flex', height: '100%' }}><Viewer logs={[log]} filterState={shown} /></div>, document.getElementById('app'))
