package import ConfigStore

/// What every store of identities does: the specification of the port. Each adapter's suite runs all cases against itself.
package enum AccessStoreBehaviour: String, CaseIterable, Sendable {
    case newStoreKnowsNoIdentities
    case everyFieldOfATokenComesBack
    case firstOfAllMakesAuthenticationRequired
    case sameTokenAgainIsAdded
    case nameBelongsToItsGrants
    case nameIsGivenOnceOnly
    case livingTokensAreLimited
    case limitHoldsForManyAtOnce
    case longEndedTokensAreRemoved
    case revokedTokenStaysRevoked
    case endOnlyComesEarlier
    case usesOnlyAdvance
    case oneOfManyAddsTheFirstToken
    case firstTokenNeedsThatNoneLives
    case firstTokenAgainIsAdded
    case everyFieldOfADenialComesBack
    case denialIsReplaced
    case denialsAreLimited
    case denialIsRemoved
    case everyChangeRaisesTheNumber
    case authenticationRuleIsKept
    case everyFieldOfAnEntryComesBack
    case entriesAreNewestFirst
    case entriesArePaged
    case entriesAreNarrowed
    case closedStoreRefuses

    /// Checks the case on a new store that is used by no other.
    package func verify(on store: any RegistryStore) async throws {
        let check = AccessStoreConformance(store: store)
        switch self {
        case .newStoreKnowsNoIdentities: try await check.newStoreKnowsNoIdentities()
        case .everyFieldOfATokenComesBack: try await check.everyFieldOfATokenComesBack()
        case .firstOfAllMakesAuthenticationRequired: try await check.firstOfAllMakesAuthenticationRequired()
        case .sameTokenAgainIsAdded: try await check.sameTokenAgainIsAdded()
        case .nameBelongsToItsGrants: try await check.nameBelongsToItsGrants()
        case .nameIsGivenOnceOnly: try await check.nameIsGivenOnceOnly()
        case .livingTokensAreLimited: try await check.livingTokensAreLimited()
        case .limitHoldsForManyAtOnce: try await check.limitHoldsForManyAtOnce()
        case .longEndedTokensAreRemoved: try await check.longEndedTokensAreRemoved()
        case .revokedTokenStaysRevoked: try await check.revokedTokenStaysRevoked()
        case .endOnlyComesEarlier: try await check.endOnlyComesEarlier()
        case .usesOnlyAdvance: try await check.usesOnlyAdvance()
        case .oneOfManyAddsTheFirstToken: try await check.oneOfManyAddsTheFirstToken()
        case .firstTokenNeedsThatNoneLives: try await check.firstTokenNeedsThatNoneLives()
        case .firstTokenAgainIsAdded: try await check.firstTokenAgainIsAdded()
        case .everyFieldOfADenialComesBack: try await check.everyFieldOfADenialComesBack()
        case .denialIsReplaced: try await check.denialIsReplaced()
        case .denialsAreLimited: try await check.denialsAreLimited()
        case .denialIsRemoved: try await check.denialIsRemoved()
        case .everyChangeRaisesTheNumber: try await check.everyChangeRaisesTheNumber()
        case .authenticationRuleIsKept: try await check.authenticationRuleIsKept()
        case .everyFieldOfAnEntryComesBack: try await check.everyFieldOfAnEntryComesBack()
        case .entriesAreNewestFirst: try await check.entriesAreNewestFirst()
        case .entriesArePaged: try await check.entriesArePaged()
        case .entriesAreNarrowed: try await check.entriesAreNarrowed()
        case .closedStoreRefuses: try await check.closedStoreRefuses()
        }
    }
}
