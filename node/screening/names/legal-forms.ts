/** Words that only say which legal form a party has, as it is written in its country; folded like any other word. */
export const legalForms: readonly string[] = [
  // one word, dots and spaces between single letters apart
  'ltd limited llc llp lp plc inc incorporated corp corporation co company cyf dac pty pvt pte bhd sdn sendirian berhad',
  'gmbh ggmbh mbh ag kg kgaa ohg gbr ug ev eg se ek gesellschaft haftung beschrankter aktiengesellschaft',
  'sa sas sarl sasu eurl sci snc scs gie sprl srl bvba bv nv vof cv',
  'spa srls sapa societa responsabilita limitata azioni',
  'sl slu slne cb sociedad anonima limitada ltda eireli lda unipessoal sad cv',
  'ab as asa oy oyj aps ks hf ehf',
  'sro zrt kft nyrt bt doo dd ad ead eood ood kd sp zoo sia uab oü ou tapui',
  'anonim sirketi sirket limitet sti kollektif',
  'ooo oao zao pao ao ip tov pat prat tdv fop chp mchj',
  'ООО ОАО ЗАО ПАО АО ИП ТОВ ЧП ГУП ФГУП НПО ТОО ПП',
  'общество ограниченной ответственностью акционерное открытое закрытое публичное товарищество',
  'ΑΕ ΕΠΕ ΙΚΕ ΟΕ ΕΕ ΑΒΕΕ ΑΕΒΕ ΜΕΠΕ εταιρεία εταιρία ανώνυμη περιορισμένης ευθύνης ανωνυμη',
  'شركة شركه ش م ذ المحدودة محدودة ذات مسؤولية مسئولية مساهمة ذمم مؤسسة',
  'fze fzco fzc fzllc dmcc wll spc saog saoc qsc kscc kscp psc ohada',
  '有限公司 有限责任公司 股份有限公司 公司 株式会社 有限会社 合同会社 주식회사 유한회사',
  'youxian gongsi gufen zeren kabushiki kaisha gaisha yugen',
  'בעמ חברה',
  'tbk pt persero ud cv',
]

/** Words that hold names together and say nothing. */
export const connectors: readonly string[] = [
  'the of and for in at on by to a an und der die das den des von vom zu fur et de du la le les des aux au l d',
  'y e del los las el da do dos das di della dello dei degli per con i og och ja es ve ile',
  'и в на для по с со от του της των και για στο τον την',
  'و في من على al el ul ال',
  'm s mr mrs ms dr messrs',
]
