import ConfigRegistry
package import ConfigStore

/// What every store of versions does: the specification of the port. Each adapter's suite runs all cases against itself.
package enum VersionStoreBehaviour: String, CaseIterable, Sendable {
    case newStoreIsEmpty
    case everyFieldComesBack
    case contentComesBackByteForByte
    case sameRecordAgainIsStored
    case takenVersionIsRefused
    case changeIdentifierMakesOneVersion
    case changeIdentifierCountsPerDocument
    case headIsTheHighestNumber
    case tombstoneIsTheHead
    case versionsAreReadByNumber
    case changesAreReadByIdentifier
    case historyIsNewestFirst
    case historyEndsWhereItIsLargeEnough
    case similarKeysAreDifferentDocuments
    case headsAreInKeyOrder
    case headsAreNarrowed
    case prefixMeansWholeSegments
    case headsArePaged
    case tombstonesAreSkippedWithinThePage
    case headsEndWhereTheyAreLargeEnough
    case outlinesAreHeadsWithoutContents
    case reservedDocumentsAreReadByNameOnly
    case headsOfKeys
    case unannouncedAreOldestFirst
    case versionsOfIdentities
    case announcedVersionsAreMarked
    case markingIsHarmless
    case epochIsMadeOnce
    case epochAdvances
    case epochAdvancesOnceForEachCaller
    case epochIsReplacedOnceOnly
    case statementsComeBack
    case signingRuleIsKept
    case schemaNumberRises
    case anchorsOnlyRise
    case highestOfManyAnchorsStays
    case firstIdentityOwnsALog
    case oneOfManyIdentitiesOwnsALog
    case everyVersionIsWalked
    case signaturesAreReplaced
    case statementsAreReplaced
    case statisticsCount
    case oneOfManyWritersGetsTheVersion
    case sameRecordFromManyTasksIsStoredOnce
    case racingWritersLeaveNoGap
    case closedStoreRefuses

    /// Checks the case on a new store that is used by no other.
    package func verify(on store: any RegistryStore) async throws {
        let check = VersionStoreConformance(store: store)
        switch self {
        case .newStoreIsEmpty: try await check.newStoreIsEmpty()
        case .everyFieldComesBack: try await check.everyFieldComesBack()
        case .contentComesBackByteForByte: try await check.contentComesBackByteForByte()
        case .sameRecordAgainIsStored: try await check.sameRecordAgainIsStored()
        case .takenVersionIsRefused: try await check.takenVersionIsRefused()
        case .changeIdentifierMakesOneVersion: try await check.changeIdentifierMakesOneVersion()
        case .changeIdentifierCountsPerDocument: try await check.changeIdentifierCountsPerDocument()
        case .headIsTheHighestNumber: try await check.headIsTheHighestNumber()
        case .tombstoneIsTheHead: try await check.tombstoneIsTheHead()
        case .versionsAreReadByNumber: try await check.versionsAreReadByNumber()
        case .changesAreReadByIdentifier: try await check.changesAreReadByIdentifier()
        case .historyIsNewestFirst: try await check.historyIsNewestFirst()
        case .historyEndsWhereItIsLargeEnough: try await check.historyEndsWhereItIsLargeEnough()
        case .similarKeysAreDifferentDocuments: try await check.similarKeysAreDifferentDocuments()
        case .headsAreInKeyOrder: try await check.headsAreInKeyOrder()
        case .headsAreNarrowed: try await check.headsAreNarrowed()
        case .prefixMeansWholeSegments: try await check.prefixMeansWholeSegments()
        case .headsArePaged: try await check.headsArePaged()
        case .tombstonesAreSkippedWithinThePage: try await check.tombstonesAreSkippedWithinThePage()
        case .headsEndWhereTheyAreLargeEnough: try await check.headsEndWhereTheyAreLargeEnough()
        case .outlinesAreHeadsWithoutContents: try await check.outlinesAreHeadsWithoutContents()
        case .reservedDocumentsAreReadByNameOnly: try await check.reservedDocumentsAreReadByNameOnly()
        case .headsOfKeys: try await check.headsOfKeys()
        case .unannouncedAreOldestFirst: try await check.unannouncedAreOldestFirst()
        case .versionsOfIdentities: try await check.versionsOfIdentities()
        case .announcedVersionsAreMarked: try await check.announcedVersionsAreMarked()
        case .markingIsHarmless: try await check.markingIsHarmless()
        case .epochIsMadeOnce: try await check.epochIsMadeOnce()
        case .epochAdvances: try await check.epochAdvances()
        case .epochAdvancesOnceForEachCaller: try await check.epochAdvancesOnceForEachCaller()
        case .epochIsReplacedOnceOnly: try await check.epochIsReplacedOnceOnly()
        case .statementsComeBack: try await check.statementsComeBack()
        case .signingRuleIsKept: try await check.signingRuleIsKept()
        case .schemaNumberRises: try await check.schemaNumberRises()
        case .anchorsOnlyRise: try await check.anchorsOnlyRise()
        case .highestOfManyAnchorsStays: try await check.highestOfManyAnchorsStays()
        case .firstIdentityOwnsALog: try await check.firstIdentityOwnsALog()
        case .oneOfManyIdentitiesOwnsALog: try await check.oneOfManyIdentitiesOwnsALog()
        case .everyVersionIsWalked: try await check.everyVersionIsWalked()
        case .signaturesAreReplaced: try await check.signaturesAreReplaced()
        case .statementsAreReplaced: try await check.statementsAreReplaced()
        case .statisticsCount: try await check.statisticsCount()
        case .oneOfManyWritersGetsTheVersion: try await check.oneOfManyWritersGetsTheVersion()
        case .sameRecordFromManyTasksIsStoredOnce: try await check.sameRecordFromManyTasksIsStoredOnce()
        case .racingWritersLeaveNoGap: try await check.racingWritersLeaveNoGap()
        case .closedStoreRefuses: try await check.closedStoreRefuses()
        }
    }
}
