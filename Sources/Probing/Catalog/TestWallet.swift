import Digests
internal import ElectrumProtocol

/// The wallet of BIP 84's test vectors (mnemonic `abandon` × 11 `about`, account m/84'/0'/0'):
/// published, so that asking for it tells nobody anything.
public enum TestWallet {
  /// Extended public key of the account, as BIP 84 prints it.
  public static let extendedPublicKey =
    "zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH1r1ADqtfSdVCToUG868RvUUkgDKf31mGDtKsAYz2oz2AGutZYs"

  /// HASH160 of the public keys 0…19 of the receiving chain: a gap limit of 20.
  static let receivingHashes = [
    "c0cebcd6c3d3ca8c75dc5ec62ebe55330ef910e2",
    "9c90f934ea51fa0f6504177043e0908da6929983",
    "0d0a4c5855ee698ae52872a147248c189fdff7c3",
    "47e8cfa1e26ffc460468348a9cb218d0346a3778",
    "d97cc009122c6ac9f405852249d8892b5037d07d",
    "984420485959d0da23e7fe902bf315814cc7b64b",
    "5e56706b0da301b78a49c2767da6046cb8fea8a8",
    "b9902ddb6e60fee67d33a8334f7cca03528386e4",
    "9e1ab8441b5238e8de505f27e6b74b8e8e5022aa",
    "441c190a0040f6a05936496c2005dad554158d02",
    "6c5e2a7699a3e4b419471b17aad4f15835419436",
    "30ea99599334801bf09d753af38ba546800bea8b",
    "3accc000f61be77b75761ef28f0bb2ad0418652a",
    "40fc98c93c15c39ad2f16cc0634871dfdedcd7ad",
    "aa4d0f7eeef3f7e9cfdcd5c10ebd1f22df5a7e14",
    "42f90a7287eb310a66e10331ffb289d69b3c8a6e",
    "f598a73848ba85991ce470e4c9859b01159de538",
    "18abaed50b7c1176308baa094b054383b775f12c",
    "4e9fc668b67846369ac1ddcb5e170edd836fbd6f",
    "5788df3047dd2c2545eee12784e6212745916bb7",
  ]

  /// HASH160 of the public keys 0…9 of the change chain.
  static let changeHashes = [
    "3e34985dca6fddc9fb369940e4c7d8e2873f529c",
    "4227d834f1aae95273f0c87495f4ff0cb3665452",
    "99fbf4deb41fe12ad4386ade9563ad5896898aa8",
    "6699dcb439b655f30e207bb363b5be98afc595cf",
    "cac761261fb3db5b0253e28a96ddf55dbac2b251",
    "e44b1d0971c5546688b5f51407fa483ea9a42737",
    "f9b014daa955e2c3ee2c0a72e08bdd2d3eaab814",
    "862ed752086909ddcdc80dc942766dad9b9ddfb2",
    "17ccdcd0802fd014aa0202d068dd1b5a2aefd83f",
    "76c77cbc64a3de158ee9761935a3f6391fd4a7bd",
  ]

  /// The scripthashes that a wallet with gap limits 20 and 10 subscribes at its start.
  static let scripthashes: [Scripthash] = (receivingHashes + changeHashes).compactMap { text in
    Hex.bytes(text).map { Scripthash(scriptPubKey: [0x00, 0x14] + $0) }
  }

  static let scripts: [[UInt8]] = (receivingHashes + changeHashes).compactMap { text in
    Hex.bytes(text).map { [0x00, 0x14] + $0 }
  }
}
