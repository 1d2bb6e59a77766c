import { followReading } from './contents.ts'
import { copyButtons } from './copy.ts'
import { scrollBoxes } from './scroll-boxes.ts'
import { searchDialog } from './search-dialog.ts'
import { themeSwitch } from './theme-switch.ts'

themeSwitch()
copyButtons()
scrollBoxes()
followReading()
searchDialog()
