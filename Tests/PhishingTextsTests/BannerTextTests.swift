import Foundation
import PhishingTexts
import TestSupport
import Testing

/// Banners that call to a download.
struct BannerTextTests {
  private func strength(_ text: String, own: [String] = []) -> BannerText.Strength? {
    BannerText.finding(text, ownNames: own)?.strength
  }

  @Test(arguments: [
    "Your Electrum is vulnerable! Update now: https://electrum.evil.example/setup.exe",
    "Electrum users must upgrade: https://electrum-secure.example",
    "New wallet version, download at https://get-wallet.example/",
    "Electrum security notice: get it from https://cdn.example.net/files/electrum-4.9.dmg",
    "Electrum: instale la versión nueva https://descargar.example",
    "请更新您的钱包：https://bitcoin-qianbao.example/a",
    "Update your Electrum: electrum-update dot com",
  ]) func `a call to a program, or to a place named like a wallet's, is strong`(text: String) {
    #expect(strength(text) == .strong)
  }

  @Test func `a call to anybody's page is supporting, and the server's own is never more`() {
    #expect(strength("Update your Electrum wallet: https://news.example.org/a") == .supporting)
    let own = "Update your wallet here: https://electrum.somebody.example/faq"
    #expect(strength(own) == .strong)
    #expect(strength(own, own: ["electrum.somebody.example"]) == .supporting)
    #expect(strength(own, own: ["somebody.example"]) == .supporting)
    #expect(strength(own, own: ["other.example", ""]) == .strong)
    let file = "Update your wallet: https://electrum.somebody.example/e.exe"
    #expect(strength(file, own: ["somebody.example"]) == .strong, "a program is never the server's")
  }

  /// What operators really write, in our own words.
  @Test(arguments: [
    "Welcome to electrum.somebody.example, a public Electrum server",
    "You are connected to an ElectrumX 1.16.0 server.",
    "WARNING: update your Electrum, old versions are under attack! Only use https://electrum.org/",
    "Please download Electrum only from electrum.org and check signatures",
    "Operator's page: https://electrum.somebody.example/ and status https://status.example",
    "Server updated on 2026-01-02. More at https://electrum.somebody.example/",
    "Last update: 2026-01-02, ElectrumX 1.19. https://electrum.somebody.example/news",
    "News: Sparrow 2.0 released, download https://sparrowwallet.com/download",
    "Bitcoin Core 31 is out, upgrade your node: https://bitcoincore.org/",
    "This server was upgraded to Fulcrum 2.1 https://fulcrum.example/ wallet users need do nothing",
    "Donations keep this wallet server running: bc1qexample https://btcpay.example/",
    "Download my node's image: https://images.example/node.iso", "",
  ]) func `honest banners ask for nothing`(text: String) {
    #expect(strength(text) == nil)
  }

  @Test func `the words are those of the design where it is there`() throws {
    let place = PackageRoot.path("../shared/reference/phishing-words.json")
    guard let data = FileManager.default.contents(atPath: place) else { return }
    let object = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    let root = try #require(object)
    for (key, ours) in [
      ("call", \PhishingWords.calls), ("alarm", \PhishingWords.alarms),
    ] as [(String, KeyPath<PhishingWords, [String]>)] {
      let theirs = try #require(root[key] as? [String: [String]])
      for words in PhishingWords.all {
        #expect(words[keyPath: ours] == theirs[words.language.rawValue])
      }
    }
    let allowed = try #require(root["allow"] as? [String])
    #expect(Set(allowed).isSubset(of: KnownPlaces.honest))
  }
}
