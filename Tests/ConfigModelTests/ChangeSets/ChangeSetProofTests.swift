import ConfigModel
import Testing

/// The list of members that comes with a version proves itself, or is not taken.
struct ChangeSetProofTests {
    @Test func agreesWithTheVectors() throws {
        let vectors = try SchemaFile.vectors("vectors/changeset.json")
        #expect(vectors.count == 5)
        for vector in vectors {
            let epoch = try #require(Epoch(parsing: try vector.string("epoch")))
            let changeID = try vector.string("change_id")
            let members = try #require(try vector.optionalStrings("changeset_members"))
            #expect(members.count == Int(try vector.string("changeset_id").prefix { $0 != "-" }))
            for member in members {
                let (key, version) = try Self.parts(member)
                let set = try ChangeSet.proving(
                    id: try vector.string("changeset_id"), members: members, of: key, version: version, epoch: epoch,
                    changeID: changeID)
                #expect(set?.members == members)
            }
            let versions = try members.shuffled().map { try Self.parts($0) }
            #expect(
                ChangeSet(epoch: epoch, changeID: changeID, versions: versions).id
                    == (try vector.string("changeset_id")))
        }
    }

    @Test func refusesWhatTheVectorsRefuse() throws {
        let refused = try SchemaFile.vectors("vectors/changeset.json", in: "refused")
        #expect(refused.count == 8)
        for vector in refused {
            let key = try DocumentKey(
                service: try vector.string("service_name"), environment: try vector.string("environment"))
            let epoch = try #require(Epoch(parsing: try vector.string("epoch")))
            let (id, members) = (
                try vector.optionalString("changeset_id"), try vector.optionalStrings("changeset_members")
            )
            let (version, changeID) = (try vector.int64("version"), try vector.string("change_id"))
            let name = try vector.string("name")
            #expect(throws: ChangeSetFault.self, "\(name)") {
                try ChangeSet.proving(
                    id: id, members: members, of: key, version: version, epoch: epoch, changeID: changeID)
            }
        }
    }

    /// What a consumer in another language does with an event: only its JSON, and SHA-256.
    @Test func consumerComputesTheIdentifierOfAnEvent() throws {
        for version in [Int64(7), 12] {
            let bytes = ConfigEvent(try Sample.record(version: version)).jsonBytes
            let data = try Sample.object(String(decoding: bytes, as: UTF8.self)).object("data")
            let members = try #require(try data.optionalStrings("changeset_members"))
            #expect(members == ["parsing/prod@\(version)", "tenants.acme.relay/prod@3"])
            var framing: [UInt8] = []
            for field in ["configbus-changeset-v1", try data.string("epoch"), try data.string("change_id")] + members {
                framing += withUnsafeBytes(of: UInt32(field.utf8.count).bigEndian) { Array($0) } + Array(field.utf8)
            }
            let digits = SHA256Text.hash(framing).dropFirst("sha256:".count).prefix(32)
            #expect(try data.string("changeset_id") == "\(members.count)-\(digits)")
        }
    }

    /// A long list is refused for its length, before it is hashed.
    @Test(arguments: [0, 101, 100_000])
    func hasOneToAHundredMembers(count: Int) throws {
        let members = (0..<count).map { "service-\(1_000_000 + $0)/prod@1" }
        let set = ChangeSet(epoch: Sample.epoch, changeID: "c", members: members)
        let key = try DocumentKey(service: "service-1000000", environment: "prod")
        let fault = #expect(throws: ChangeSetFault.self) {
            try ChangeSet.proving(
                id: set.id, members: set.members, of: key, version: 1, epoch: Sample.epoch, changeID: "c")
        }
        #expect(fault?.description.contains("it can be 1 to 100") == true)
    }

    /// Swift takes U+00E9 for the same as e and U+0301; the bytes are not.
    @Test func comparesBytes() throws {
        let key = try DocumentKey(service: "a", environment: "prod")
        let set = ChangeSet(epoch: Sample.epoch, changeID: "\u{E9}", versions: [(key, 1)])
        #expect(throws: ChangeSetFault.self) {
            try ChangeSet.proving(
                id: set.id, members: set.members, of: key, version: 1, epoch: Sample.epoch, changeID: "e\u{301}")
        }
    }

    private static func parts(_ member: String) throws -> (DocumentKey, Int64) {
        let parts = member.split(separator: "@")
        let names = parts[0].split(separator: "/").map(String.init)
        return (try DocumentKey(storedService: names[0], environment: names[1]), try #require(Int64(parts[1])))
    }
}
