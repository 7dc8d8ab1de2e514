import ConfigModel
import Testing

@Suite struct UUIDTextTests {
    @Test func namedAgreesWithRFC9562() {
        // Appendix A.4: www.example.com in the DNS namespace.
        let namespace: [UInt8] = [
            0x6b, 0xa7, 0xb8, 0x10, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8,
        ]
        #expect(UUIDText.named("www.example.com", in: namespace) == "2ed6657d-e927-568b-95e1-2665a8aea6a2")
    }

    @Test func randomOnesAreVersion4AndDiffer() {
        let identifiers = (0..<100).map { _ in UUIDText.random() }
        #expect(Set(identifiers).count == 100)
        for identifier in identifiers {
            #expect(UUIDText.isWellFormed(identifier))
            let characters = Array(identifier)
            #expect(characters[14] == "4" && "89ab".contains(characters[19]))
        }
    }

    @Test(arguments: [
        "", "2ED6657D-E927-568B-95E1-2665A8AEA6A2", "2ed6657de927568b95e12665a8aea6a2aaaa",
        "2ed6657d-e927-568b-95e1-2665a8aea6ag",
    ])
    func knowsWhatIsNone(text: String) {
        #expect(!UUIDText.isWellFormed(text))
    }
}
