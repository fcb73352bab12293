import DefaultTheme from 'vitepress/theme-without-fonts'
import './system.css'

export default DefaultTheme
