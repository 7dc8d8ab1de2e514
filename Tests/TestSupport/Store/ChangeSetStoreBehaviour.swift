import ConfigRegistry
package import ConfigStore

/// What every store of versions does with change sets: the specification of that part of the port. Each adapter's suite runs
/// all cases against itself.
package enum ChangeSetStoreBehaviour: String, CaseIterable, Sendable {
    case setsAreStoredWhole
    case setsMayHaveOneMemberOrAHundred
    case setWithATakenMemberStoresNothing
    case sameSetAgainIsStored
    case setOfAUsedChangeIsRefused
    case setsMayHoldTombstonesAndReservedDocuments
    case membersAreAnnouncedOneByOne
    case sameSetFromManyTasksIsStoredOnce
    case overlappingSetsLeaveNoGap
    case setsAndVersionsShareTheNumbers
    case closedStoreRefusesSets

    /// Checks the case on a new store that is used by no other.
    package func verify(on store: any RegistryStore) async throws {
        let check = VersionStoreConformance(store: store)
        switch self {
        case .setsAreStoredWhole: try await check.setsAreStoredWhole()
        case .setsMayHaveOneMemberOrAHundred: try await check.setsMayHaveOneMemberOrAHundred()
        case .setWithATakenMemberStoresNothing: try await check.setWithATakenMemberStoresNothing()
        case .sameSetAgainIsStored: try await check.sameSetAgainIsStored()
        case .setOfAUsedChangeIsRefused: try await check.setOfAUsedChangeIsRefused()
        case .setsMayHoldTombstonesAndReservedDocuments: try await check.setsMayHoldTombstonesAndReservedDocuments()
        case .membersAreAnnouncedOneByOne: try await check.membersAreAnnouncedOneByOne()
        case .sameSetFromManyTasksIsStoredOnce: try await check.sameSetFromManyTasksIsStoredOnce()
        case .overlappingSetsLeaveNoGap: try await check.overlappingSetsLeaveNoGap()
        case .setsAndVersionsShareTheNumbers: try await check.setsAndVersionsShareTheNumbers()
        case .closedStoreRefusesSets: try await check.closedStoreRefusesSets()
        }
    }
}
