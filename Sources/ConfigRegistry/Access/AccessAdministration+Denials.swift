package import ConfigAccess
package import ConfigModel
package import ConfigStore

extension AccessAdministration {
    private static let maximumSubjectBytes = 512

    /// Refuses an identity that the registry did not issue, or one token of it.
    ///
    /// - Parameter until: nil for ever.
    package func addDenial(
        _ subject: Denial.Subject, until: Timestamp?, comment: String = "", by actor: AccessActor
    ) async throws(AccessError) -> Denial {
        try permit(.manageDenials, actor.principal)
        let now = now()
        try Self.check(subject)
        try TokenRequest.check(comment: comment)
        if let until, until <= now { throw .invalid(field: "until", reason: "it lies in the past") }
        let denial = Denial(
            id: UUIDText.random(), subject: subject, until: until, createdAt: now, createdBy: actor.principal.name,
            comment: comment)
        let act = AccessAct(
            kind: .denialAdded, action: .manageDenials, subject: subject.stored.text, status: 201)
        return try await perform(act, by: actor) { () throws(AccessError) in
            let isAdded = try await storing { () throws(StoreError) in
                try await store.addDenial(denial, limit: Self.denialLimit)
            }
            guard isAdded else {
                throw .tooMany("\(Self.denialLimit) denials count already: remove some.")
            }
            keeper.apply { $0.insert(denial) }
            return denial
        }
    }

    /// Every denial, in the order in which they were made.
    package func denials(for principal: Principal) async throws(AccessError) -> [Denial] {
        try permit(.manageDenials, principal)
        return try await storing { () throws(StoreError) in try await store.denials() }
    }

    /// Lets in again what was denied.
    package func removeDenial(_ id: String, by actor: AccessActor) async throws(AccessError) {
        let denials = try await denials(for: actor.principal)
        guard let denial = denials.first(where: { $0.id == id }) else { throw .unknownDenial(id) }
        let act = AccessAct(kind: .denialRemoved, action: .manageDenials, subject: denial.subject.stored.text)
        try await perform(act, by: actor) { () throws(AccessError) in
            _ = try await storing { () throws(StoreError) in try await store.removeDenial(id) }
            keeper.apply { $0.removeDenial(id) }
        }
    }

    private static func check(_ subject: Denial.Subject) throws(AccessError) {
        let (field, text) = subject.stored
        guard (1...maximumSubjectBytes).contains(text.utf8.count),
            text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
        else {
            throw .invalid(
                field: field, reason: "it has from 1 to \(maximumSubjectBytes) bytes and no control characters")
        }
        try TokenRequest.check(text: text, field: field)
        guard case .identity(let name) = subject else { return }
        if TokenName.isValid(name) {
            throw .invalid(field: field, reason: "'\(name)' is the name of tokens, which are revoked")
        }
        guard IdentityText.isForeignName(name) else {
            throw .invalid(
                field: field,
                reason: "it is ISSUER:subject or cert:text, with from 1 to 200 printable ASCII characters and no blank "
                    + "behind the colon")
        }
    }
}

// MARK: The access log

extension AccessAdministration {
    /// Entries, newest first.
    package func accessLog(
        _ query: AccessLogQuery, for principal: Principal
    ) async throws(AccessError) -> AccessLogPage {
        try permit(.readAccessLog, principal)
        if let after = query.after, AccessLogPosition(parsing: after) == nil {
            throw .invalid(field: "cursor", reason: "it is not one that a page ended with")
        }
        return try await storing { () throws(StoreError) in try await store.accessLog(query) }
    }

    /// Adds entries, of refusals for example.
    package func append(_ entries: [AccessLogEntry]) async throws(AccessError) {
        try await storing { () throws(StoreError) in try await store.appendAccessLog(entries) }
    }

    /// Logs an act of administration that is about to be done elsewhere, and must not be done when this fails.
    package func log(
        _ type: String, _ action: Action, subject: String, status: Int = 200, by actor: AccessActor
    ) async throws(AccessError) {
        try await append([
            AccessLogEntry(
                at: now(), registry: registry, actor: actor, action: action, subject: subject, status: status,
                type: type)
        ])
    }
}
