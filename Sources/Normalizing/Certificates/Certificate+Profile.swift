import Records

/// What class of maker a leaf certificate has.
extension Certificate {
  /// - Parameter isVerified: whether the system roots verified a chain that it led.
  mutating func describeProfile(isVerified: Bool) {
    guard let subject, let issuer, let selfSigned else { return }
    let rule = CertificateRule.first(
      CertificateRule.Leaf(
        subject: DistinguishedName(subject), issuer: DistinguishedName(issuer),
        isSelfSigned: selfSigned, isVerified: isVerified))
    profile = rule.group
    profileRule = rule.id.text
  }
}
