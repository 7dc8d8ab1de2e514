import ConfigModel
import TestSupport
import Testing

@testable import MongoStore

/// One damaged document among good ones: it is named, and everything else goes on.
@Suite(.enabled(if: MongoDatabase.isThere, "CONFIGBUS_TEST_MONGODB_URI is not set"), .timeLimit(.minutes(2)))
struct MongoDamageTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let update: BSONFields
        let damage: DamagedVersionScene.Damage

        private init(_ update: BSONFields, _ damage: DamagedVersionScene.Damage) {
            self.update = update
            self.damage = damage
        }

        static func set(
            _ field: String, _ value: BSONValue, _ reason: String, isOfContent: Bool = false,
            losesRecordHash: Bool = false
        ) -> Case {
            Case(
                ["$set": .document(BSONFields([(field, value)]))],
                DamagedVersionScene.Damage(
                    reason: reason, isOfContent: isOfContent, losesRecordHash: losesRecordHash))
        }

        static func unset(_ field: String, isOfContent: Bool = false, losesRecordHash: Bool = false) -> Case {
            Case(
                ["$unset": .document(BSONFields([(field, "")]))],
                DamagedVersionScene.Damage(
                    reason: "'\(field)' is missing", isOfContent: isOfContent, losesRecordHash: losesRecordHash))
        }

        var testDescription: String { "\(update.fields.first?.name ?? "") \(damage.reason)" }
    }

    static let cases: [Case] = [
        .set(
            "config_data", .binary(Array(#"{"n":666}"#.utf8)), "'content_hash' does not match 'config_data'",
            isOfContent: true),
        .set("config_data", "text", "'config_data' is not binary data", isOfContent: true),
        .set("content_hash", "sha256:0", "'content_hash' does not match 'config_data'"),
        .set("record_hash", .string("sha256:" + String(repeating: "0", count: 64)), "'record_hash' does not match"),
        .set("record_hash", 5, "'record_hash' is not a string", losesRecordHash: true),
        .set("created_by", 5, "'created_by' is not a string"),
        .set("change_type", "moved", "'change_type' is not one of created, updated, deleted"),
        .set("epoch", "first", "'epoch' is not <number>-<uuid>"),
        .set("created_at", .date(.max), "'created_at' is no time"),
        .set("signature", "c2lnbmF0dXJl", "only one of 'signature' and 'key_id' is there"),
        .set("at", "yesterday", "'at' is not a timestamp"),
        .set("changeset_id", "1-0", "'changeset_members' is missing"),
        .set("changeset_members", ["bad/prod@2"], "'changeset_id' is missing beside 'changeset_members'"),
        .unset("at"), .unset("config_data", isOfContent: true), .unset("record_hash", losesRecordHash: true),
        .unset("change_type"), .unset("comment"), .unset("change_id"),
    ]

    @Test(arguments: cases)
    func everythingElseGoesOn(_ test: Case) async throws {
        try await MongoDatabase.withStore { store, database in
            try await DamagedVersionScene.fill(store)
            _ = try await database.run { client throws(MongoFailure) in
                try client.updateAll(in: .versions, ["_id.s": "bad", "_id.v": 2], test.update)
            }
            try await DamagedVersionScene.verify(store, test.damage)
        }
    }

    static let members: [(value: BSONValue, reason: String)] = [
        ("a/prod@1", "'changeset_members' is not an array of strings"),
        (["a/prod@1", 1], "'changeset_members' is not an array of strings"),
        ([], "'changeset_members' names 0 versions"),
        (["a/prod@1"], "'changeset_members' does not make 'changeset_id'"),
        (["b/prod@1", "c/prod@1"], "'changeset_members' does not name this version"),
        (["b/prod@1", "a/prod@1"], "'changeset_members' is not in order"),
        (["a/prod@1", "b/prod@1", "d/prod@1"], "'changeset_members' does not make 'changeset_id'"),
    ]

    /// The list of a change set's members was changed in one of them.
    @Test(arguments: members.indices)
    func alteredListOfMembersIsDamage(_ index: Int) async throws {
        let (value, reason) = Self.members[index]
        try await MongoDatabase.withStore { store, database in
            try await DamagedChangeSet.fill(store)
            _ = try await database.run { client throws(MongoFailure) in
                try client.updateAll(
                    in: .versions, ["_id.s": "a", "_id.v": 1], ["$set": ["changeset_members": value]])
            }
            try await DamagedChangeSet.verify(store, reason: reason)
        }
    }

    static let identifiers: [BSONValue] = [
        ["s": "a/b", "e": "prod", "v": 1], ["s": "", "e": "prod", "v": 1], ["s": "Z", "e": 5, "v": 1],
        ["s": "Z", "e": "prod", "v": "1"], ["s": "Z", "e": "prod"], "Z",
        ["s": "Z", "e": "prod", "v": .int64(.max)], ["s": "Z", "e": "prod", "v": -1],
    ]

    /// Identifiers that no registry writes.
    @Test(arguments: identifiers.indices)
    func impossibleNames(_ index: Int) async throws {
        try await MongoDatabase.withStore { store, database in
            try await DamagedVersionScene.fill(store)
            try await database.run { client throws(MongoFailure) in
                let row: BSONFields = [
                    "_id": Self.identifiers[index], "announced": false, "at": .serverTimestamp, "change_id": "odd",
                    "change_type": "created",
                ]
                try client.insert(.encoding(row), into: .versions)
            }
            try await DamagedVersionScene.verifyUnnamed(store)
        }
    }
}
