package import ConfigStore

/// What every store says about what was changed: the specification of that port. Each adapter's suite runs all cases against
/// itself.
package enum AuditQueriesBehaviour: String, CaseIterable, Sendable {
    case newStoreHasNoChanges
    case changesAreNewestFirst
    case outlinesAreProvenVersions
    case everyFilterNarrows
    case pagesGoOnWhereTheyEnded
    case pagesHoldWhileOthersWrite
    case onlySoManyVersionsAreLookedAt
    case documentsThatAreNotReadArePassedOver
    case memberOfALargeSetIsAPlaceToGoOn
    case whatIsLetGoIsNotThere
    case closedStoreRefuses

    /// Checks the case on a new store that is used by no other.
    package func verify(on store: any RegistryStore) async throws {
        let check = AuditQueriesConformance(store: store)
        switch self {
        case .newStoreHasNoChanges: try await check.newStoreHasNoChanges()
        case .changesAreNewestFirst: try await check.changesAreNewestFirst()
        case .outlinesAreProvenVersions: try await check.outlinesAreProvenVersions()
        case .everyFilterNarrows: try await check.everyFilterNarrows()
        case .pagesGoOnWhereTheyEnded: try await check.pagesGoOnWhereTheyEnded()
        case .pagesHoldWhileOthersWrite: try await check.pagesHoldWhileOthersWrite()
        case .onlySoManyVersionsAreLookedAt: try await check.onlySoManyVersionsAreLookedAt()
        case .documentsThatAreNotReadArePassedOver: try await check.documentsThatAreNotReadArePassedOver()
        case .memberOfALargeSetIsAPlaceToGoOn: try await check.memberOfALargeSetIsAPlaceToGoOn()
        case .whatIsLetGoIsNotThere: try await check.whatIsLetGoIsNotThere()
        case .closedStoreRefuses: try await check.closedStoreRefuses()
        }
    }
}
