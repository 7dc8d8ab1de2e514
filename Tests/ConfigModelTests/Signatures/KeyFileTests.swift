import ConfigModel
import ConfigSignatures
import Testing

@Suite struct KeyFileTests {
    @Test func privateKeyIsReadAsItWasWritten() throws {
        let signer = try RecordSigner.generate()
        let copy = try RecordSigner(parsing: signer.privateKeyFile)
        #expect(copy.publicKey == signer.publicKey)
        #expect(copy.privateKeyFile == signer.privateKeyFile)
        #expect(signer.privateKeyFile.contains(signer.keyID))
        #expect(signer.privateKeyFile.contains("\ned25519-private "))
    }

    @Test func newKeysDiffer() throws {
        #expect(try RecordSigner.generate().publicKey != RecordSigner.generate().publicKey)
    }

    @Test(arguments: [
        "", "# only a comment\n\n", "not base64", "AAAA", "ed25519-private", "ed25519-private AAAA",
        "ed25519-private AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "ed25519-private AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
    ])
    func refusesOtherPrivateKeys(text: String) {
        #expect(throws: KeyFileError.self) { try RecordSigner(parsing: text) }
    }

    /// Both are 32 bytes in base64: only what stands before them tells them apart.
    @Test func noKeyIsTakenForTheOther() throws {
        let signer = try RecordSigner.generate()
        for text in [
            signer.publicKey.keyFileLine, signer.publicKey.text, "# a comment\n\(signer.publicKey.text)  name\n",
        ] {
            #expect(throws: KeyFileError.self) { try RecordSigner(parsing: text) }
            #expect(try TrustedKeys(parsing: text).keys == [signer.publicKey])
        }
        let unmarked = signer.privateKeyFile.replacing("ed25519-private ", with: "")
        for text in [signer.privateKeyFile, unmarked, "\(signer.publicKey.text)\n\(signer.privateKeyFile)"] {
            let error = try #require(throws: KeyFileError.self) { try TrustedKeys(parsing: text) }
            #expect(error.reason.contains("private key"))
        }
        #expect(throws: KeyFileError.self) { try RecordSigner(parsing: unmarked) }
    }

    @Test(arguments: KeyOwner.allCases) func aPrivateKeyIsSaidToBelongToItsOwner(_ owner: KeyOwner) throws {
        let file = try RecordSigner.generate().privateKeyFile
        for text in [file, file.replacing("ed25519-private ", with: "")] {
            let error = try #require(throws: KeyFileError.self) { try TrustedKeys(parsing: text, of: owner) }
            #expect(error.reason.contains("belongs to \(owner.rawValue) alone"))
        }
        #expect(RecordSigner.isPrivateKeyLine(file) && RecordSigner.isPrivateKeyLine("ed25519-private AAAA"))
        #expect(!RecordSigner.isPrivateKeyLine("signing.key") && !RecordSigner.isPrivateKeyLine("ed25519-public AAAA"))
    }

    /// An error message travels to terminals and logs.
    @Test func errorsNeverHoldAKey() throws {
        let signer = try RecordSigner.generate()
        let seed = try #require(signer.privateKeyFile.split(separator: " ").last).dropLast()
        for text in [signer.privateKeyFile, "\(seed)x", "ed25519-public \(seed)x"] {
            let errors = [
                #expect(throws: KeyFileError.self) { try TrustedKeys(parsing: text) },
                #expect(throws: KeyFileError.self) { try RecordSigner(parsing: "\(text)\n\(text)") },
            ]
            for error in errors { #expect(error.map { !$0.description.contains(seed) } ?? false) }
        }
    }

    @Test func trustedKeysMayHaveNamesAndComments() throws {
        let keys = [try RecordSigner.generate().publicKey, try RecordSigner.generate().publicKey]
        let text = "# trusted\r\n\n  \(keys[0].text)   the registry\r\n\t# old\n\(keys[1].keyFileLine)"
        #expect(try TrustedKeys(parsing: text).keys == keys)
    }

    @Test(arguments: ["", "# none\n\n"])
    func trustNeedsAKey(text: String) {
        #expect(throws: KeyFileError.self) { try TrustedKeys(parsing: text) }
    }

    @Test func namesTheLineThatIsWrong() throws {
        let key = try RecordSigner.generate().publicKey
        let error = try #require(throws: KeyFileError.self) {
            try TrustedKeys(parsing: "# keys\n\(key.text)\n\(key.text)x\n")
        }
        #expect(error.line == 3)
        #expect(error.description == "The key file cannot be used: line 3: this is not the base64 of 32 bytes.")
    }

    @Test func keyIDIsTheBeginningOfTheHash() throws {
        let key = try Sample.signer().publicKey
        let hash = SHA256Text.hash(key.bytes)
        #expect(hash.dropFirst(SHA256Text.prefix.count).prefix(16) == key.keyID)
        #expect(try PublicKey(parsing: key.text) == key)
    }
}
