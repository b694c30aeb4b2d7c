/** What a common word tells about whom it names: the less, the lighter. 1 is a name that only one party has. */
const general = 0.12
const sector = 0.32
const place = 0.45

/** Meaning → how much it tells, and its words in several languages; abbreviations too. Folded like any other word. */
export const businessWords: Readonly<Record<string, readonly [weight: number, words: string]>> = {
  trade: [
    general,
    'trade trading trader traders tradings trdg tdg handel handels handelshaus handelsgesellschaft commerce commercial comercial comercio commerciale commercio negoce ticaret handlowa handlowy obchod trgovina kereskedelmi торговля торговый торговая торговое торг торгівля торговий torgovlya torgovyi torgovyy torgovaya torg εμπορική εμπόριο εμπορικη εμποριο emporiki emporio تجارة تجاره للتجارة للتجاره التجارية تجارية tijara tijariya tejarat 贸易 商贸 商务 貿易 maoyi shangmao 무역 מסחר סחר',
  ],
  house: [general, 'house haus maison casa дом dom οίκος'],
  company: [
    general,
    'firm enterprise enterprises entreprise entreprises empresa empresas unternehmen firma undertaking ventures venture компания предприятие фирма kompaniya predpriyatie predpriyatiye επιχείρηση επιχειρήσεις مؤسسه مشاريع 企业 企業 qiye',
  ],
  group: [
    general,
    'group grp groupe gruppe grupo gruppo holding holdings consortium concern группа холдинг концерн gruppa όμιλος ομιλος مجموعة مجموعه المجموعة majmua 集团 集團 jituan 그룹',
  ],
  partners: [
    general,
    'partner partners associates associados asociados associés партнеры партнёры συνεργάτες',
  ],
  brothers: [
    sector,
    'brothers bros brother gebruder gebr freres hermanos hnos fratelli flli братья αδελφοί αφοι اخوان إخوان ikhwan 兄弟',
  ],
  sons: [sector, 'sons son sohne fils hijos figli сыновья υιοί υιοι أولاد ابناء أبناء awlad'],
  international: [
    general,
    'international intl internat internacional internazionale internationale internationaler international междунар международный международная международное mezhdunarodnyi mezhdunarodnaya διεθνής διεθνης دولية الدولية دولي الدولي العالمية عالمية 国际 國際 guoji 국제',
  ],
  general: [general, 'general generale generales allgemeine общий generalny γενική γενικη العامة عامة 综合'],
  global: [
    general,
    'global globale globalny world worldwide welt mundial mondial глобал глобальный globalnyi παγκόσμια 环球 全球 globus',
  ],
  universal: [general, 'universal universelle universale универсал'],
  national: [general, 'national nacional nazionale nationale национальный εθνική الوطنية وطنية 国家'],
  central: [
    general,
    'central centre center zentral zentrum centro centrale центр центральный tsentr kentro κέντρο κεντρο مركز المركز markaz 中心 zhongxin',
  ],
  service: [
    general,
    'service services servicios servizi dienst dienste dienstleistungen serv svcs сервис услуги servis υπηρεσίες خدمات للخدمات khadamat 服务 fuwu 서비스',
  ],
  solutions: [general, 'solutions solution losungen soluciones soluzioni решения λύσεις حلول 解决方案'],
  products: [
    general,
    'products product produkte produits productos prodotti produktion продукты продукция προϊόντα منتجات 产品',
  ],
  goods: [general, 'goods waren товары merchandise بضائع'],
  supply: [
    sector,
    'supply supplies supplier suppliers versorgung fourniture fournitures suministros suministro forniture снабжение snabzhenie προμήθειες توريدات للتوريدات توريد التوريدات 供应 gongying procurement закупки beschaffung',
  ],
  import: [
    general,
    'import imports importer importers importacion importations импорт εισαγωγές εισαγωγές استيراد للاستيراد الاستيراد 进口 jinkou',
  ],
  export: [
    general,
    'export exports exporter exporters exportacion exportations экспорт εξαγωγές تصدير للتصدير والتصدير التصدير 出口 chukou',
  ],
  importexport: [general, 'impex importexport 进出口 進出口 jinchukou'],
  industry: [
    general,
    'industry industries industrial ind inds industrie industries industria industrias industriale промышленность промышленный промышленная пром prom industriya индустрия βιομηχανία βιομηχανική viomichania صناعة صناعات للصناعات الصناعية صناعية sinaa 工业 实业 實業 gongye shiye 산업',
  ],
  manufacturing: [
    general,
    'manufacturing manufacture manufacturer manufacturers mfg mfr hersteller herstellung fabrication fabricants fabricante produzione производство производственная proizvodstvo παραγωγή تصنيع مصنع مصانع 制造 製造 zhizao',
  ],
  works: [
    general,
    'works work werk werke ateliers fabrik factory factories fabrica fabbrica usine завод zavod фабрика εργοστάσιο 工厂 厂 gongchang',
  ],
  technology: [
    general,
    'technology technologies tech technical technik technique techno teknoloji tecnologia tecnologias technologie технология технологии техника tekhnologii tekhnika technika τεχνολογία τεχνική τεχνολογίες تقنية تقنيات تكنولوجيا التقنية 科技 技术 技術 keji jishu 기술',
  ],
  engineering: [
    sector,
    'engineering eng engineers engineer ingenieure ingenierie ingenieria ingegneria muhendislik инжиниринг инженерный inzhiniring μηχανική τεχνικη هندسة هندسية للهندسة الهندسية 工程 gongcheng 엔지니어링 הנדסה',
  ],
  equipment: [
    sector,
    'equipment equip equipments ausrustung equipement equipements equipo equipos attrezzature оборудование oborudovanie oborudovaniye εξοπλισμός εξοπλισμοί معدات المعدات للمعدات 设备 設備 器材 shebei',
  ],
  systems: [
    general,
    'systems system systeme systemes sistemas sistemi системы система sistemy συστήματα أنظمة نظم 系统 xitong 시스템',
  ],
  machinery: [
    sector,
    'machinery machines machine maschinen maschinenbau maquinaria macchine машины машиностроение mashinostroenie μηχανήματα آلات ماكينات 机械 機械 jixie',
  ],
  tools: [
    sector,
    'tools tool werkzeuge outils herramientas utensili инструмент инструменты εργαλεία أدوات 工具',
  ],
  hardware: [sector, 'hardware quincaillerie eisenwaren ferreteria 五金 wujin'],
  metal: [
    sector,
    'metal metals metall metalle metaux metales metalli металл металлы metallurgy металлургия μέταλλα معادن للمعادن المعدنية 金属 jinshu',
  ],
  steel: [sector, 'steel stahl acier acero acciaio сталь stal χάλυβας فولاذ حديد 钢铁 钢'],
  plastics: [
    sector,
    'plastics plastic kunststoff kunststoffe plastiques plasticos пластик πλαστικά بلاستيك 塑料',
  ],
  chemicals: [
    sector,
    'chemicals chemical chemie chimie quimica quimicos chimica химия химический khimiya χημικά χημική كيماويات كيميائية 化工 化学 huagong',
  ],
  electronics: [
    sector,
    'electronics electronic electro elektronik electronique electronica elettronica электроника elektronika ηλεκτρονικά الكترونيات إلكترونيات 电子 電子 dianzi 전자',
  ],
  electric: [
    sector,
    'electric electrical elektro electrique electrico elettrica электрический электро ηλεκτρικά كهرباء كهربائية 电气 电器',
  ],
  security: [
    sector,
    'security securities secure sicherheit securite seguridad sicurezza guvenlik безопасность охрана bezopasnost okhrana ασφάλεια ασφάλειας asfaleia أمن الأمن أمنية الأمنية للأمن 安全 安防 保安 anquan anfang 보안 אבטחה',
  ],
  protection: [
    sector,
    'protection protective protect schutz proteccion protezione защита zashchita προστασία حماية للحماية الحماية 防护',
  ],
  safety: [sector, 'safety السلامة سلامة'],
  defence: [
    sector,
    'defence defense verteidigung defensa difesa savunma оборона άμυνα دفاع الدفاع 国防 防务',
  ],
  tactical: [sector, 'tactical taktisch tactique tactico tattico тактический τακτικός'],
  police: [sector, 'police polizei policia polizia polis полиция αστυνομία شرطة الشرطة 警察 警用'],
  prison: [
    sector,
    'prison prisons gefangnis penitentiary penitentiaire correctional corrections тюрьма φυλακή φυλακές سجون السجون سجن 监狱',
  ],
  ministry: [
    general,
    'ministry ministere ministerium ministerio ministero министерство ministerstvo υπουργείο وزارة 部',
  ],
  interior: [sector, 'interior interieur innern внутренних εσωτερικών الداخلية'],
  justice: [sector, 'justice justiz justicia giustizia юстиции δικαιοσύνης العدل 司法'],
  department: [
    general,
    'department dept departement abteilung departamento dipartimento департамент отдел управление τμήμα إدارة قسم 局',
  ],
  office: [general, 'office bureau buro oficina ufficio бюро γραφείο مكتب'],
  agency: [
    general,
    'agency agence agentur agencia agenzia agencies агентство agentstvo πρακτορείο وكالة وكالات',
  ],
  directorate: [general, 'directorate direction direktion direccion direzione дирекция διεύθυνση مديرية'],
  depot: [general, 'depot warehouse lager entrepot deposito almacen склад sklad αποθήκη مستودع مخزن 仓库'],
  store: [general, 'store stores shop shops laden magasin tienda negozio магазин κατάστημα متجر 商店 商行'],
  medical: [
    sector,
    'medical med medico medizin medizinische medizintechnik medicale медицинский медицинская медтехника meditsinskaya ιατρικά ιατρική طبية الطبية طبي 医疗 醫療 yiliao 의료',
  ],
  pharmacy: [
    sector,
    'pharma pharmacy pharmaceutical pharmaceuticals pharmazie pharmacie farmacia farmaceutica фармацевтика фарма аптека φαρμακευτική φαρμακείο صيدلية أدوية للأدوية الدوائية 医药 制药 药业 yiyao',
  ],
  hospital: [
    sector,
    'hospital hospitals krankenhaus klinik clinic clinics hopital clinique ospedale больница клиника νοσοκομείο مستشفى 医院',
  ],
  health: [sector, 'health healthcare gesundheit sante salud salute здоровье υγεία صحة الصحية 健康'],
  laboratory: [
    sector,
    'laboratory laboratories lab labs laboratoire laboratorium laboratorio лаборатория εργαστήριο مختبر مختبرات 实验室',
  ],
  scientific: [
    sector,
    'scientific science sciences wissenschaftlich scientifique cientifica научный επιστημονική علمية 科学',
  ],
  textile: [
    sector,
    'textile textiles textil tekstil tessile текстиль κλωστοϋφαντουργία نسيج منسوجات للنسيج 纺织 紡織 fangzhi',
  ],
  leather: [sector, 'leather leder cuir cuero pelle кожа δέρμα جلود 皮革'],
  garments: [
    sector,
    'garments garment clothing apparel bekleidung vetements ropa abbigliamento одежда ενδύματα ملابس 服装 服饰',
  ],
  food: [
    sector,
    'food foods lebensmittel alimentaire alimentos alimentari продукты питание τρόφιμα أغذية غذائية 食品',
  ],
  agriculture: [
    sector,
    'agriculture agricultural agro agri landwirtschaft agricole agricola сельхоз агро αγροτική زراعة زراعية 农业',
  ],
  construction: [
    sector,
    'construction constructions bau building builders contracting contractors construccion costruzioni строительство строй stroy stroi κατασκευές مقاولات للمقاولات إنشاءات 建筑 建设 建材 jianzhu',
  ],
  logistics: [
    sector,
    'logistics logistic logistik logistique logistica логистика logistika lojistik λοτζίστικς εφοδιαστική لوجستية لوجستيك للخدماتاللوجستية 物流 wuliu 물류',
  ],
  transport: [
    sector,
    'transport transports transportation haulage spedition trans transporte trasporti транспорт перевозки μεταφορές metafores نقل للنقل النقل 运输 yunshu',
  ],
  forwarding: [
    sector,
    'forwarding forwarders forwarder freight cargo speditions fret carga экспедиция карго εκτελωνισμοί شحن للشحن الشحن 货运 货代',
  ],
  shipping: [
    sector,
    'shipping ship ships maritime marine navigation schifffahrt navale naviera судоходство морской ναυτιλία ναυτιλιακή ملاحة بحرية 航运 海运 haiyun',
  ],
  aviation: [sector, 'aviation air airways airlines aero luftfahrt авиация αεροπορία طيران الطيران 航空'],
  motors: [
    sector,
    'motors motor auto automotive automobile automobiles автомобили авто αυτοκίνητα سيارات للسيارات 汽车',
  ],
  energy: [sector, 'energy energie energia power энергия энерго ενέργεια طاقة للطاقة 能源'],
  oil: [sector, 'oil petroleum petrol нефть πετρέλαιο نفط بترول 石油'],
  consulting: [
    general,
    'consulting consultants consultancy beratung conseil consultoria consulenza консалтинг σύμβουλοι استشارات 咨询',
  ],
  management: [general, 'management verwaltung gestion gestione менеджмент διαχείριση إدارة 管理'],
  development: [
    general,
    'development entwicklung developpement desarrollo sviluppo развитие ανάπτυξη تنمية تطوير 发展 fazhan',
  ],
  investment: [
    general,
    'investment investments invest beteiligung investissement inversiones investimenti инвест инвестиции επενδύσεις استثمار للاستثمار الاستثمارية 投资 touzi',
  ],
  distribution: [
    general,
    'distribution distributors distributor vertrieb distributeur distribucion distribuzione дистрибуция διανομή توزيع للتوزيع 经销',
  ],
  sales: [general, 'sales vente ventas vendite сбыт πωλήσεις مبيعات 销售'],
  market: [general, 'market marketing markt marche mercado mercato маркет маркетинг αγορά تسويق 市场'],
  design: [general, 'design konstruktion entwurf diseno дизайн σχεδιασμός تصميم 设计'],
  research: [general, 'research forschung recherche investigacion ricerca исследования έρευνα أبحاث 研究'],
  institute: [general, 'institute institut instituto istituto институт ινστιτούτο معهد 研究所'],
  foundation: [general, 'foundation stiftung fondation fundacion fondazione фонд ίδρυμα مؤسسةخيرية 基金会'],
  association: [
    general,
    'association verein verband asociacion associazione ассоциация σύνδεσμος جمعية 协会',
  ],
  cooperative: [general, 'cooperative genossenschaft coop cooperativa кооператив συνεταιρισμός تعاونية'],
  zone: [general, 'zone free freezone zona freie свободная ζώνη المنطقة الحرة حرة'],
  municipality: [general, 'city town municipal gorod город 市 省 区 县'],
  north: [place, 'north northern nord norte северный север βόρεια الشمال شمال 北方'],
  south: [place, 'south southern sud sur южный юг νότια الجنوب جنوب 南方'],
  east: [place, 'east eastern ost est este восточный восток ανατολική الشرق شرق الشرقية 东方'],
  west: [place, 'west western ouest oeste западный запад δυτική الغرب غرب الغربية 西方'],
  new: [general, 'new neu nouveau nouvelle nuevo nuovo новый νέα جديدة الجديدة 新'],
  special: [general, 'special spezial speciale especial спец специальный ειδικά خاصة الخاصة 特种'],
  first: [general, 'first erste premier primera первый πρώτη الأولى 第一'],
  advanced: [
    general,
    'advanced modern moderne moderna современный προηγμένα متقدمة المتقدمة حديثة الحديثة 先进',
  ],
  quality: [general, 'quality qualitat qualite calidad качество ποιότητα جودة'],
  number: [general, 'no nr num number numero nummer номер αριθ رقم 第 号'],
}
