import Records

/// Features of the texts that an operator chooses.
extension FeatureBuilder {
  func describeTexts(
    _ features: inout FeatureSet, _ observation: EpochObservation, _ texts: OwnTexts
  ) {
    let server = observation.server
    let banner = Question("server.banner", observation)
    switch server.bannerStatus {
    case .unknown:
      features[.bannerMaskSHA256] = banner.unknown
      features[.bannerIsDefault] = banner.unknown
      features[.bannerIsOrdinary] = banner.unknown
    case .absent:
      features[.bannerMaskSHA256] = .absent
      features[.bannerIsDefault] = .absent
      features[.bannerIsOrdinary] = .absent
    case .value:
      features[.bannerMaskSHA256] = .text(orAbsent: server.textFacts.bannerMaskedSHA256)
      features[.bannerIsDefault] = .boolean(texts.hasDefaultBanner ?? false)
      features[.bannerIsOrdinary] = .boolean(texts.hasOrdinaryBanner ?? false)
    }
    let donation = Question("server.donation_address", observation)
    switch (server.donationStatus, texts.donation) {
    case (.value, let reading?):
      features[.donationCustom] = .text(orAbsent: reading.own.joined(separator: " "))
      features[.donationIsDefault] = .boolean(reading.isShared)
    case (.unknown, _):
      features[.donationCustom] = donation.unknown
      features[.donationIsDefault] = donation.unknown
    default:
      features[.donationCustom] = .absent
      features[.donationIsDefault] = .absent
    }
    describeContacts(&features, observation)
  }

  /// Of texts that software ships with, the contacts are those of its authors.
  private func describeContacts(_ features: inout FeatureSet, _ observation: EpochObservation) {
    let own = observation.contacts.filter { contact in
      if !contact.isOwn { return false }
      return switch contact.source {
      case .banner: features.boolean(.bannerIsDefault) == false
      case .donationAddress: features.boolean(.donationIsDefault) == false
      case .serverVersion: false
      }
    }
    let named = FeatureValue.set(own.map { "\($0.kind.rawValue) \($0.token)" })
    features[.contacts] = named
    guard named == .absent else { return }
    // Nothing is named only where both texts are known.
    for text in [features[.bannerIsDefault], features[.donationIsDefault]] where !text.isKnown {
      features[.contacts] = text
      return
    }
  }
}
