public import Artifact

/// Every row type there is: the data dictionary's table of contents.
public enum RecordCatalog {
  public static let raw: [any ArtifactRow.Type] = [
    Connection.self, CertificateEvidence.self, Listing.self, NameResolution.self,
  ]
  /// One of each a scan.
  public static let normalized: [any ArtifactRow.Type] =
    [
      Scan.self, Endpoint.self, Server.self, SoftwareRecord.self, Certificate.self,
      Advertisement.self,
      ExchangeRecord.self, BackendView.self, FamilyOutcome.self, ChainView.self,
      ResolutionStep.self, LineageEvent.self, ServerText.self, Contact.self,
      HostClaim.self, AdvertisedServer.self, FormCount.self, DatabaseUse.self,
    ] + facts
  /// What single exchanges of a scan show, each with its way back to the exchange.
  public static let facts: [any ArtifactRow.Type] = [
    HeaderFact.self, CommitmentFact.self, HistoryAnswer.self, HistoryEntry.self, ProofFact.self,
    TransactionFact.self, StatusFact.self, AloneTiming.self, FeeState.self, ClientAnswer.self,
  ]
  public static let features: [any ArtifactRow.Type] = [
    FeatureVector.self, FeatureProfile.self, ProbeSignature.self, TimelineEntry.self, Coverage.self,
    SeriesProbe.self, ServerBehaviour.self, ServiceTime.self, BlockingKey.self,
    BackendVector.self, BackendCandidate.self, DomainNames.self,
    ServerReliability.self, ScanChurn.self, UpgradeCohort.self, Outage.self, ServerEvent.self,
    ListingLifetime.self, ListingSurvival.self,
  ]
  public static let clusters: [any ArtifactRow.Type] = [
    BehaviourMembership.self, BehaviourFamily.self, BehaviourTrait.self, BehaviourOutlier.self,
    OperatorMembership.self, Link.self, SharedValue.self,
    OperatorBand.self, DeploymentRecipe.self, NodeMembership.self, ClusterMetric.self,
  ]
  public static let scores: [any ArtifactRow.Type] = [
    Indicator.self, IndicatorEvidence.self, Deviation.self, ScoreSensitivityRow.self,
    ConcentrationIndex.self, GroupExposure.self, SybilCost.self, Answer.self,
    NetworkEvent.self,
  ]

  /// What a stage keeps of each scan, so that a longer series does not read the scan again.
  public static let summaries: [any ArtifactRow.Type] = [ScanIndicator.self]

  /// One of each series: the rules that a stage applied.
  public static let rules: [any ArtifactRow.Type] = [
    RuleRecord<NormalizedRules>.self, RuleRecord<FeatureRules>.self,
    RuleRecord<ClusterRules>.self, RuleRecord<ScoreRules>.self,
  ]

  /// What two packages are compared by; a table of neither.
  public static let releases: [any ArtifactRow.Type] = [ReleaseDifference.self]

  public static let all: [any ArtifactRow.Type] =
    raw + normalized + features + clusters + scores + summaries + rules + releases

  /// The row type of a schema identifier such as `normalized.endpoints.v1`.
  public static func type(ofSchema identifier: String) -> (any ArtifactRow.Type)? {
    all.first { $0.schema.identifier == identifier }
  }
}
