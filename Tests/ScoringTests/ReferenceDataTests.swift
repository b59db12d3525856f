import Artifact
import PhishingTexts
import StageKit
import TestSupport
import Testing

@testable import Scoring

/// What score must know from outside stands in files with its sources.
struct ReferenceDataTests {
  private func file<Value: FieldObject>(_ name: String) throws -> Value {
    try InputFile.object(
      PackageRoot.path("datasets/reference/" + name), expected: "reference data", remedy: "")
  }

  @Test func `the file of honest errors holds all that the program contains`() throws {
    let texts: ErrorTexts = try file("error-texts.json")
    let contained = KnownErrors.contained
    let parts = texts.texts.map(\.contains)
    #expect(Set(contained.releases + contained.gateways).isSubset(of: parts))
    #expect(texts.texts.allSatisfy { !$0.source.isEmpty && !$0.date.isEmpty })
  }

  @Test func `a part that attacks have too is refused`() throws {
    let short = JSONValue.object([
      (
        "texts",
        .array([
          .object([
            ("contains", .string("update")), ("of", .string("release")),
            ("source", .string("s")), ("date", .string("2026")),
          ])
        ])
      )
    ])
    #expect(throws: ObjectMistakes.self) { try ObjectReader.read(short, as: ErrorTexts.self) }
  }

  @Test func `a text of a release is honest once it is known`() throws {
    let text = "<b>This server moved to a new release.</b>"
    #expect(ErrorText.verdict(text)?.kind == .markup)
    let known = KnownErrors.contained.adding(
      KnownErrors(releases: ["Moved to a new release"], gateways: []))
    #expect(ErrorText.verdict(text, known: known) == nil)
    // It does not excuse a call to a strange link.
    let link = text + " Download the update of your wallet at https://electrum.example/setup.exe"
    #expect(ErrorText.verdict(link, known: known)?.kind == .calledLink)
  }

  @Test func `lists that servers start from are no wallet's`() throws {
    let lists: WalletLists = try file("bootstrap.json")
    let names = lists.ofWallets(on: "mainnet").map(\.name)
    #expect(names.contains("electrum:mainnet") && names.contains("sparrow:mainnet"))
    #expect(!names.contains { $0.hasPrefix("electrumx") || $0.hasPrefix("fulcrum") })
    #expect(lists.lists.allSatisfy { !$0.date.isEmpty })
  }
}
