import ConfigAccess
import ConfigModel
import Testing

@Suite("The text of a token")
struct TokenTextTests {
    @Test func aDrawnTokenFollowsTheDocumentedExpression() throws {
        for _ in 0..<200 {
            let token = TokenText.random()
            #expect(token.secretText.wholeMatch(of: /cbt_[a-z0-9]{12}_[A-Za-z0-9]{49}/) != nil)
            #expect(TokenText(parsing: token.secretText) == token)
            #expect(token.secretText.hasPrefix("cbt_\(token.id)_"))
        }
    }

    @Test func theCheckIsTheCRC32OfAllBeforeItInBase62() {
        let body = "cbt_abcdefghijkl_" + String(repeating: "x", count: 43)
        #expect(TokenText(parsing: body + Self.check(body)) != nil)
    }

    @Test func everyChangedCharacterIsNoticed() {
        let text = TokenText.random().secretText
        for index in text.indices {
            var characters = Array(text)
            let place = text.distance(from: text.startIndex, to: index)
            characters[place] = characters[place] == "a" ? "b" : "a"
            #expect(TokenText(parsing: String(characters)) == nil)
        }
    }

    @Test(arguments: [
        "", "cbt_", "Bearer", "cbt_abc_def", "eyJhbGciOiJIUzI1NiJ9.e30.x", String(repeating: "a", count: 9_000),
    ])
    func anotherTextIsNone(text: String) {
        #expect(TokenText(parsing: text) == nil)
    }

    @Test func itIsFoundWhereItWasPasted() {
        let token = TokenText.random()
        for text in [
            "\(token.secretText)", "a cbt_ \(token.secretText)!", "{\"x\":\"\(token.secretText)\"}",
            "cbt_\(token.secretText)",
        ] {
            #expect(TokenText.found(in: text) == token)
        }
        for text in ["", "cbt_", String(token.secretText.dropLast()), token.id, String(repeating: "cbt_", count: 50)] {
            #expect(TokenText.found(in: text) == nil)
        }
    }

    @Test func itPrintsWithoutItsSecret() {
        let token = TokenText.random()
        let secret = token.secretText.suffix(49)
        #expect(!"\(token)".contains(secret))
        #expect(!String(reflecting: token).contains(secret))
        #expect("\(token)".contains(token.id))
    }

    /// Computed on its own, bit by bit.
    private static func check(_ body: String) -> String {
        var crc: UInt32 = .max
        for byte in body.utf8 {
            for bit in 0..<8 {
                let isSet = (crc ^ UInt32(byte >> bit)) & 1 == 1
                crc >>= 1
                if isSet { crc ^= 0xedb8_8320 }
            }
        }
        crc = ~crc
        let digits = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
        return String(
            (0..<6).map { power in digits[Int(crc / [916_132_832, 14_776_336, 238_328, 3_844, 62, 1][power] % 62)] })
    }
}
