import Artifact
import Digests
import ServerTexts
import StageKit
import TestSupport
import Testing

@testable import Featurizing

/// Default banners are nobody's own.
struct DefaultBannerTests {
  private func isDefault(_ banner: String, further: Set<String> = []) -> Bool {
    var defaults = DefaultBanners(further: further)
    let digest = SHA256.hex(TextMask.mask(banner).utf8)
    let isDefault = defaults.contains(banner, maskedSHA256: digest)
    #expect(defaults.contains(banner, maskedSHA256: digest) == isDefault)
    #expect(defaults.contains(banner, maskedSHA256: nil) == isDefault)
    return isDefault
  }

  @Test(arguments: DefaultBannerList.entries)
  func `each default is one in every release, and with an operator's word before it none`(
    entry: DefaultBannerList.Entry
  ) {
    for version in ["1.9", "0.10.7", "2.0.0"] {
      let banner = entry.banner.replacing("<V>", with: version)
      #expect(isDefault(banner))
      #expect(!isDefault("Alice: " + banner))
      #expect(isDefault(banner + " Run by Alice, alice@a.example") == !entry.isWhole)
    }
    #expect(TextMask.mask(entry.banner.replacing("<V>", with: "1.2")) == entry.banner)
  }

  @Test func `the list is sorted, each banner once, and says of whom and from where`() {
    let banners = DefaultBannerList.entries.map(\.banner)
    #expect(banners == Set(banners).sorted())
    #expect(DefaultBannerList.entries.allSatisfy { !$0.software.isEmpty })
    #expect(Set(DefaultBannerList.entries.map(\.source)) == ["recorded", "code"])
  }

  @Test func `a parameter adds to the list`() throws {
    #expect(!isDefault("My appliance 1.2 is ready"))
    #expect(isDefault("My appliance 1.2 is ready", further: ["My appliance <V> is ready"]))
    #expect(!isDefault("My appliance 1.2 is ready", further: ["My appliance <V>"]))
    #expect(isDefault("My appliance 1.2 is ready", further: ["My appliance <V>*"]))
    #expect(!isDefault("Your appliance", further: ["My appliance <V>*"]))
    #expect(try FeaturizeParameters.defaults().defaultBanners.isEmpty)
  }

  @Test func `banners without number are each judged for themselves`() {
    var defaults = DefaultBanners(further: [])
    for number in 0..<10_000 {
      let banner = number % 2 == 0 ? "Jelectrum \(number)a" : "own \(number)a"
      let digest = SHA256.hex(TextMask.mask(banner).utf8)
      #expect(defaults.contains(banner, maskedSHA256: digest) == (number % 2 == 0))
    }
  }

  @Test(.enabled(if: Shared.exists, "the folder of shared data is not there"))
  func `software that was recorded as it is installed sent a default banner`() throws {
    let banners = try Transcript.all().filter {
      ["ElectrumX", "Fulcrum"].contains($0.implementation) && $0.probe.hasPrefix("server.banner")
    }
    #expect(Set(banners.map(\.implementation)) == ["ElectrumX", "Fulcrum"])
    for banner in banners {
      let reply = try JSONValue(parsing: Array(banner.response.prefix { $0 != UInt8(ascii: "\n") }))
      guard case .string(let text)? = reply["result"] else { continue }
      #expect(isDefault(text), "\(banner.implementation) \(banner.version): \(text)")
    }
  }
}
