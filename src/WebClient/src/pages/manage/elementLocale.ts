import en from 'element-plus/es/locale/lang/en';
import zhCn from 'element-plus/es/locale/lang/zh-cn';
import { computed } from 'vue';
import { locale } from '@/i18n';

/** The words inside Element Plus's own parts follow the language switch. */
export const elementLocale = computed(() => (locale.value === 'zh' ? zhCn : en));
