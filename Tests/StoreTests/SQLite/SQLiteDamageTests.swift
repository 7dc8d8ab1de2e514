import ConfigModel
import GRDB
import Logging
import TestSupport
import Testing

@testable import SQLiteStore

/// One damaged row among good ones: it is named, and everything else goes on.
@Suite(.timeLimit(.minutes(1)))
struct SQLiteDamageTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let change: String
        let damage: DamagedVersionScene.Damage

        init(
            _ change: String, _ reason: String, isOfContent: Bool = false, losesRecordHash: Bool = false
        ) {
            self.change = change
            damage = DamagedVersionScene.Damage(
                reason: reason, isOfContent: isOfContent, losesRecordHash: losesRecordHash)
        }

        var testDescription: String { change }
    }

    static let cases = [
        Case(
            "config_data = CAST('{\"n\":666}' AS BLOB)", "'content_hash' does not match 'config_data'",
            isOfContent: true),
        Case("content_hash = 'sha256:0'", "'content_hash' does not match 'config_data'"),
        Case("record_hash = 'sha256:\(String(repeating: "0", count: 64))'", "'record_hash' does not match"),
        Case("record_hash = ''", "'record_hash' does not match", losesRecordHash: true),
        Case("previous_hash = NULL", "'record_hash' does not match"),
        Case("comment = 5", "'comment' is not text"),
        Case("created_by = x'ff'", "'created_by' is not text"),
        Case("change_type = 'moved'", "'change_type' is not one of created, updated, deleted"),
        Case("epoch = 'first'", "'epoch' is not <number>-<uuid>"),
        Case("created_at = 9223372036854775807", "'created_at' is no time"),
        Case("signature = 'c2lnbmF0dXJl'", "only one of 'signature' and 'key_id' is there"),
        Case("changeset_id = '1-0'", "'changeset_members' is missing"),
        Case("changeset_members = '[\"bad/prod@2\"]'", "'changeset_id' is missing beside 'changeset_members'"),
    ]

    @Test(arguments: cases)
    func everythingElseGoesOn(_ test: Case) async throws {
        try await TemporaryDirectory.with { directory in
            let store = try await SQLiteStore.open(directory: directory.path, logger: .silent)
            try await DamagedVersionScene.fill(store)
            try await store.write {
                try $0.execute(sql: "UPDATE versions SET \(test.change) WHERE service = 'bad' AND version = 2")
            }
            try await DamagedVersionScene.verify(store, test.damage)
            await store.close()
        }
    }

    static let members: [(change: String, reason: String)] = [
        ("changeset_members = NULL", "'changeset_members' is missing"),
        ("changeset_members = 'a/prod@1'", "'changeset_members' is not a JSON array of strings"),
        ("changeset_members = '{\"a/prod@1\":1}'", "'changeset_members' is not a JSON array of strings"),
        ("changeset_members = '[\"a/prod@1\",1]'", "'changeset_members' is not a JSON array of strings"),
        ("changeset_members = '[]'", "'changeset_members' names 0 versions"),
        ("changeset_members = '[\"a/prod@1\"]'", "'changeset_members' does not make 'changeset_id'"),
        ("changeset_members = '[\"b/prod@1\",\"c/prod@1\"]'", "'changeset_members' does not name this version"),
        ("changeset_members = '[\"b/prod@1\",\"a/prod@1\"]'", "'changeset_members' is not in order"),
        (
            "changeset_members = '[\"a/prod@1\",\"b/prod@1\",\"d/prod@1\"]'",
            "'changeset_members' does not make 'changeset_id'"
        ),
    ]

    /// The list of a change set's members was changed in one of them.
    @Test(arguments: members.indices)
    func alteredListOfMembersIsDamage(_ index: Int) async throws {
        let (change, reason) = Self.members[index]
        try await TemporaryDirectory.with { directory in
            let store = try await SQLiteStore.open(directory: directory.path, logger: .silent)
            try await DamagedChangeSet.fill(store)
            try await store.write {
                try $0.execute(sql: "UPDATE versions SET \(change) WHERE service = 'a' AND version = 1")
            }
            try await DamagedChangeSet.verify(store, reason: reason)
            await store.close()
        }
    }

    /// Names that no registry accepts, and a number behind which there is none.
    @Test(arguments: [
        "service = '', environment = 'prod'", "service = 'a/b'", "environment = '..'", "service = 'Z' || char(10)",
        "version = 9223372036854775807",
    ])
    func impossibleNames(_ change: String) async throws {
        try await TemporaryDirectory.with { directory in
            let store = try await SQLiteStore.open(directory: directory.path, logger: .silent)
            try await DamagedVersionScene.fill(store)
            try await store.write {
                try $0.execute(sql: "UPDATE versions SET \(change) WHERE service = 'bad' AND version = 1")
            }
            try await DamagedVersionScene.verifyUnnamed(store)
            await store.close()
        }
    }
}
