import ArgumentParser
import ConfigAccess
import ConfigModel
import RegistryAPI
import RegistryClient

/// Publishes the content of an older version again, or what an older version has at one place.
struct RollbackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback", abstract: "Bring the content of an older version back as the next one.",
        usage: "configbus rollback <service> [<version>] [<options>]",
        discussion: """
            configbus rollback parsing -e prod
            configbus rollback parsing 12 -e prod --comment 'the pool was too small'
            configbus rollback parsing 12 -e prod --path database.pool

            With --path only what that version has there is brought back; everything else stays as it is.
            """)

    @OptionGroup var document: DocumentOptions
    @Argument(help: "The version whose content is wanted back. (default: the one before the newest)")
    var version: Int64?
    @Option(help: "Only what is at this place: db.port, hosts.0, or a JSON pointer like /db/port.") var path: String?
    @OptionGroup var force: ForceOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws { try VersionArgument.check(version, "<version>") }

    func run() async throws {
        let key = try document.key()
        let place = try path.map(ContentPath.init)
        let client = try connection.client()
        try await WriteRole.needing(.publisher) {
            try await client.about(key) { try await bringBack(key, place, client) }
        }.print(output)
    }

    private func bringBack(
        _ key: DocumentKey, _ place: ContentPath?, _ client: RegistryClient
    ) async throws -> WriteReport {
        let earlier = try await EarlierVersions.made(under: change.reason.idempotencyKey, [key], client)
        // Without a number the command took the version before the newest one of then.
        let target: Target
        if let earlier, version == nil {
            target = Target(version: earlier.first.version - 2)
        } else {
            target = try await self.target(of: key, client)
        }
        guard let place else {
            if let earlier {
                let wanted = WantedChange(key: key, operation: .restore(target.version))
                return try await earlier.report(of: wanted, comment: change.reason.comment, client)
            }
            return try await rollback(key, to: target, client)
        }
        // Another command's version may have none before it.
        if let earlier, target.version < 1 { throw earlier.fromAnotherCommand(earlier.first) }
        return try await restore(place, from: target, of: key, client)
    }

    /// What is wanted back.
    private struct Target {
        let version: Int64
        /// Where it was found beside the newest version, that one: another writer must not come in between.
        var newest: Int64?
    }

    private func target(of key: DocumentKey, _ client: RegistryClient) async throws -> Target {
        if let version { return Target(version: version) }
        let newest =
            switch try await client.head(of: key, isFresh: true) {
            case .content(let served): served.version
            case .deleted(let tombstone): tombstone.version
            case .unknown, .notModified: throw await client.missing(key)
            }
        guard newest > 1 else {
            throw CommandFailure.refused("\(key) has one version; there is none before it to go back to.")
        }
        return Target(version: newest - 1, newest: newest)
    }

    private func rollback(_ key: DocumentKey, to target: Target, _ client: RegistryClient) async throws -> WriteReport {
        let head = try await client.currentContent(of: key)
        if let head, !force.isForced, change.expects(head.version),
            try await isContent(head.content, of: key, target.version, client)
        {
            return WriteReport.unchanged(try await client.version(head.version, of: key))
        }
        let options = try change.options(expected: target.newest.map { .version($0) })
        return await .made(try await client.rollback(key, to: target.version, options), after: head, client)
    }

    /// Has the wanted version this content? Where it cannot be read the registry says why there is no way back to it.
    private func isContent(
        _ content: Content, of key: DocumentKey, _ version: Int64, _ client: RegistryClient
    ) async throws -> Bool {
        do {
            return try await client.content(ofVersion: version, of: key).content == content
        } catch  where error.code == .notFound {
            return false
        }
    }

    private func restore(
        _ place: ContentPath, from target: Target, of key: DocumentKey, _ client: RegistryClient
    ) async throws -> WriteReport {
        let version = target.version
        let record = try await client.version(version, of: key)
        guard record.changeType != .deleted else {
            throw CommandFailure.refused("Version \(version) of \(key) is a deletion, which has nothing to bring back.")
        }
        let old = place.value(in: .object(try record.content.object))
        var change = change
        change.expectedVersion = change.expectedVersion ?? target.newest
        if change.reason.comment.isEmpty { change.reason.comment = "\(place.text) as in version \(version)" }
        return try await DocumentEdit(key: key, change: change, isForced: force.isForced).publish(client) { object in
            if let old { return try place.set(old, in: object) }
            return place.value(in: .object(object)) == nil ? object : try place.unset(in: object)
        }
    }
}
