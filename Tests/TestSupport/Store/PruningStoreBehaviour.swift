package import ConfigStore

/// What every store does with versions that are not kept any more: the specification of the port.
package enum PruningStoreBehaviour: String, CaseIterable, Sendable {
    case newStoreHasNoMarks
    case markOnlyRises
    case marksArePagedInOrder
    case nothingBehindAMarkIsRead
    case removedVersionsAreGone
    case changesOfPrunedVersionsAreNamed
    case changeSetsWithPrunedVersionsAreNamed
    case versionsAreRemovedInPieces
    case unannouncedVersionsStay
    case youngVersionsStay
    case headStays
    case nextRangeBeginsBehindTheMark

    /// Checks the case on a new store that is used by no other.
    package func verify(on store: any RegistryStore) async throws {
        let check = PruningStoreConformance(store: store)
        switch self {
        case .newStoreHasNoMarks: try await check.newStoreHasNoMarks()
        case .markOnlyRises: try await check.markOnlyRises()
        case .marksArePagedInOrder: try await check.marksArePagedInOrder()
        case .nothingBehindAMarkIsRead: try await check.nothingBehindAMarkIsRead()
        case .removedVersionsAreGone: try await check.removedVersionsAreGone()
        case .changesOfPrunedVersionsAreNamed: try await check.changesOfPrunedVersionsAreNamed()
        case .changeSetsWithPrunedVersionsAreNamed: try await check.changeSetsWithPrunedVersionsAreNamed()
        case .versionsAreRemovedInPieces: try await check.versionsAreRemovedInPieces()
        case .unannouncedVersionsStay: try await check.unannouncedVersionsStay()
        case .youngVersionsStay: try await check.youngVersionsStay()
        case .headStays: try await check.headStays()
        case .nextRangeBeginsBehindTheMark: try await check.nextRangeBeginsBehindTheMark()
        }
    }
}
