package import ConfigModel

/// Whether a store takes unsigned versions.
package enum SigningRule: String, Sendable, CaseIterable {
    /// It never held a signed version: it takes signed and unsigned ones, and the first signed one makes it `required`.
    case optional
    /// It holds signed versions, and every new one must be signed too.
    case required
    /// It was required, and the operator took it back: as `optional`, until the next signed version.
    case off
}

extension SigningRule {
    /// Reads what a store keeps; nothing means that nothing was decided.
    package init(stored text: String?) throws(StoreError) {
        guard let text else {
            self = .optional
            return
        }
        guard let rule = SigningRule(rawValue: text) else {
            throw .invalid(
                "It says 'signing: \(text)', which this program does not know; a newer one may. Nothing was changed.")
        }
        self = rule
    }
}

extension AuthenticationRule {
    /// Reads what a store keeps; nothing means that nothing was decided.
    package init(stored text: String?) throws(StoreError) {
        guard let text else {
            self = .optional
            return
        }
        guard let rule = AuthenticationRule(rawValue: text) else {
            throw .invalid(
                "It says 'authentication: \(text)', which this program does not know; a newer one may. Nothing was changed."
            )
        }
        self = rule
    }
}

/// What a store says about itself as a whole.
package struct StoreState: Sendable, Equatable {
    /// The identity of its history.
    package let epoch: Epoch
    /// The signed statement that this epoch counts; nil for the first epoch, and for one that was made without a key.
    package let statement: EpochStatement?
    /// Whether it takes unsigned versions.
    package let signing: SigningRule
    /// Whether it lets callers in without a credential.
    package let authentication: AuthenticationRule
    /// Rises with every change of what the store keeps about identities; 0 before the first.
    package let access: Int64
    /// Rises with every change of a schema, shortly after the version is stored; 0 before the first.
    package let schemas: Int64
    /// True while a backup is being restored into it: what is there is a part of a history.
    package let isRestoring: Bool

    /// Puts a state together.
    package init(
        epoch: Epoch, statement: EpochStatement? = nil, signing: SigningRule = .optional,
        authentication: AuthenticationRule = .optional, access: Int64 = 0, schemas: Int64 = 0,
        isRestoring: Bool = false
    ) {
        self.epoch = epoch
        self.statement = statement
        self.signing = signing
        self.authentication = authentication
        self.access = access
        self.schemas = schemas
        self.isRestoring = isRestoring
    }
}

/// The port to what a store says about itself as a whole. All reads are majority reads, and a change is on the journal of a
/// majority when the call returns.
package protocol EpochStore: Sendable {
    /// The state; the epoch is made on first use.
    func state() async throws(StoreError) -> StoreState

    /// Puts another epoch, with the statement about it, in the place of this one; false when it is not the present one any
    /// more. Doing it again is harmless.
    func replaceEpoch(
        _ current: Epoch, by next: Epoch, statement: EpochStatement?
    ) async throws(StoreError) -> Bool

    /// Says whether unsigned versions are taken. Doing it again is harmless.
    func setSigning(_ rule: SigningRule) async throws(StoreError)

    /// Raises `StoreState.schemas`, so that every registry reads the schemas again. Doing it again is harmless.
    func noteSchemaChange() async throws(StoreError)
}

extension EpochStore {
    /// The epoch, made on first use.
    package func epoch() async throws(StoreError) -> Epoch { try await state().epoch }
}
