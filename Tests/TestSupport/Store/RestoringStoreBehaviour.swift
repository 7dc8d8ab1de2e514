import ConfigAccess
import ConfigModel
package import ConfigStore

/// What every store does that a backup is restored into: the specification of the port.
package enum RestoringStoreBehaviour: String, CaseIterable, Sendable {
    case newStoreIsEmpty
    case anythingMakesItNotEmpty
    case markStaysUntilTheEnd
    case oneOfSeveralBackupsIsBegun
    case oneOfSeveralRestoresEnds
    case versionsComeBackAnnounced
    case versionsOfOneBatchAreInOrder
    case takenVersionIsRefused
    case prunedDocumentComesBack
    case identitiesAndAnchorsComeBack
    case restoredStoreIsReadWhole
    case epochAndRulesAreGiven

    /// Checks the case on a new store that is used by no other.
    package func verify(on store: any RegistryStore & RestoringStore) async throws {
        let check = RestoringStoreConformance(store: store)
        switch self {
        case .newStoreIsEmpty: try await check.newStoreIsEmpty()
        case .anythingMakesItNotEmpty: try await check.anythingMakesItNotEmpty()
        case .markStaysUntilTheEnd: try await check.markStaysUntilTheEnd()
        case .oneOfSeveralBackupsIsBegun: try await check.oneOfSeveralBackupsIsBegun()
        case .oneOfSeveralRestoresEnds: try await check.oneOfSeveralRestoresEnds()
        case .versionsComeBackAnnounced: try await check.versionsComeBackAnnounced()
        case .versionsOfOneBatchAreInOrder: try await check.versionsOfOneBatchAreInOrder()
        case .takenVersionIsRefused: try await check.takenVersionIsRefused()
        case .prunedDocumentComesBack: try await check.prunedDocumentComesBack()
        case .identitiesAndAnchorsComeBack: try await check.identitiesAndAnchorsComeBack()
        case .restoredStoreIsReadWhole: try await check.restoredStoreIsReadWhole()
        case .epochAndRulesAreGiven: try await check.epochAndRulesAreGiven()
        }
    }
}
