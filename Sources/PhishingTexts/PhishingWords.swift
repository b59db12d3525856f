/// Words of texts that make their reader fetch a program: data, to be checked by native readers.
///
/// Stems in lower case and compatibility composition (NFKC). They are matched at the start of a word;
/// Chinese, Japanese and Korean ones anywhere. The choice of twelve languages is ours: which languages
/// the wallet is used in most is not published. Sources: the texts of the attacks since December 2018
/// (spesmilo/electrum, issues 4968, 5056, 5182 and 5273) for English, and dictionaries for the others.
public struct PhishingWords: Sendable {
  public enum Language: String, Sendable, CaseIterable {
    case en, de, es, pt, fr, it, ru, pl, tr, zh, ja, ko

    /// Whether words are written without spaces between them.
    var isUnspaced: Bool { self == .zh || self == .ja || self == .ko }
  }

  public let language: Language
  /// To get a program or to change it.
  public let calls: [String]
  /// The reader's wallet.
  public let wallets: [String]
  /// The reader's program, by no name.
  public let programs: [String]
  /// Why it is urgent.
  public let alarms: [String]

  public static let all: [PhishingWords] = Language.allCases.map { words(of: $0) }

  static func words(of language: Language) -> PhishingWords {
    switch language {
    case .en:
      PhishingWords(
        language: .en,
        calls: [
          "download", "updat", "upgrad", "install", "reinstall", "get the", "get it", "switch to",
          "migrat", "patch", "hotfix",
        ],
        wallets: ["electrum", "wallet"],
        programs: ["client", "version", "software"],
        alarms: [
          "security", "secure", "vulnerab", "outdated", "old version", "deprecated", "compromis",
          "urgent", "immediately", "critical", "required", "fake", "unsupported", "no longer",
        ])
    case .de:
      PhishingWords(
        language: .de,
        calls: [
          "herunterlad", "herunterzulad", "runterlad", "lade", "aktualisier", "installier",
          "einspiel", "umsteig", "wechsel",
        ],
        wallets: ["brieftasche", "geldbörse"],
        programs: ["programm"],
        alarms: [
          "sicher", "unsicher", "veraltet", "dringend", "sofort", "kritisch", "erforderlich",
          "gefälscht", "alte version",
        ])
    case .es:
      PhishingWords(
        language: .es,
        calls: ["descarg", "actualiz", "instal", "baje", "cambie"],
        wallets: ["monedero", "billetera", "cartera"],
        programs: ["versión", "cliente", "programa"],
        alarms: [
          "segur", "insegur", "desactualizad", "obsolet", "urgente", "inmediat", "crític", "falso",
          "antigu",
        ])
    case .pt:
      PhishingWords(
        language: .pt,
        calls: ["baix", "descarreg", "atualiz", "actualiz", "instal"],
        wallets: ["carteira"],
        programs: ["versão", "versao", "cliente", "programa"],
        alarms: [
          "segur", "insegur", "desatualizad", "obsolet", "urgente", "imediat", "crític", "falso",
          "antig",
        ])
    case .fr:
      PhishingWords(
        language: .fr,
        calls: [
          "télécharg", "telecharg", "mettre à jour", "mettez à jour", "mise à jour", "mise a jour",
          "installe",
        ],
        wallets: ["portefeuille"],
        programs: ["logiciel"],
        alarms: [
          "sécurit", "securit", "vulnérab", "obsolèt", "périm", "urgent", "immédiat", "critique",
          "requis", "faux", "ancienne",
        ])
    case .it:
      PhishingWords(
        language: .it,
        calls: ["scaric", "aggiorn", "install"],
        wallets: ["portafoglio", "portamonete"],
        programs: ["versione", "programma"],
        alarms: [
          "sicur", "vulnerab", "obsolet", "urgent", "immediat", "critic", "richiest", "fals",
          "vecchi",
        ])
    case .ru:
      PhishingWords(
        language: .ru,
        calls: ["скача", "загруз", "обнов", "установ", "перейдит"],
        wallets: ["кошел"],
        programs: ["верси", "клиент", "программ"],
        alarms: [
          "безопас", "уязвим", "устаре", "срочно", "немедленно", "критич", "требует", "поддель",
          "стар",
        ])
    case .pl:
      PhishingWords(
        language: .pl,
        calls: ["pobierz", "pobrać", "pobran", "zaktualiz", "aktualiz", "zainstal", "instal"],
        wallets: ["portfel"],
        programs: ["wersj", "klient", "program"],
        alarms: [
          "bezpiecz", "podatn", "przestarza", "pilne", "natychmiast", "krytyczn", "wymagan",
          "fałszyw", "stara",
        ])
    case .tr:
      PhishingWords(
        language: .tr,
        calls: ["indir", "güncelle", "guncelle", "yükle", "yukle", "kur"],
        wallets: ["cüzdan", "cuzdan"],
        programs: ["sürüm", "surum", "yazılım", "yazilim"],
        alarms: ["güven", "guven", "açık", "eski", "acil", "hemen", "kritik", "gerekli", "sahte"])
    case .zh:
      PhishingWords(
        language: .zh,
        calls: ["下载", "下載", "更新", "升级", "升級", "安装", "安裝"],
        wallets: ["钱包", "錢包"],
        programs: ["版本", "客户端", "客戶端", "软件", "軟體"],
        alarms: ["安全", "漏洞", "过期", "過期", "旧版", "舊版", "紧急", "緊急", "立即", "假"])
    case .ja:
      PhishingWords(
        language: .ja,
        calls: ["ダウンロード", "更新", "アップデート", "アップグレード", "インストール"],
        wallets: ["ウォレット"],
        programs: ["バージョン", "クライアント", "ソフト"],
        alarms: ["セキュリティ", "脆弱", "古い", "緊急", "直ちに", "必須", "偽"])
    case .ko:
      PhishingWords(
        language: .ko,
        calls: ["다운로드", "업데이트", "업그레이드", "설치", "내려받"],
        wallets: ["지갑"],
        programs: ["버전", "클라이언트", "소프트웨어"],
        alarms: ["보안", "취약", "오래된", "긴급", "즉시", "필수", "가짜"])
    }
  }
}
