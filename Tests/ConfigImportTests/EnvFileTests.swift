import ConfigImport
import ConfigModel
import ConfigNotation
import Testing

@Suite struct EnvFileTests {
    @Test func variablesInValuesStayAndAreNamed() {
        let file = EnvFile(Array("A=$HOME/x\nB=\"${X}\"\nC='$Y'\nD=\"\\$Z\"\nE=5$\n".utf8), name: ".env")
        #expect(file.variables.map(\.value) == ["$HOME/x", "${X}", "$Y", "$Z", "5$"])
        #expect(
            file.warnings
                == [1, 2].map { line in
                    ".env, line \(line), \(line == 1 ? "A" : "B"): the value names a variable ($), which stays as it is written."
                })
    }

    private func read(_ text: String) -> EnvFile { EnvFile(Array(text.utf8), name: ".env") }

    @Test(
        arguments: [
            ("A=1", "1"), ("export A=1", "1"), ("  A = 1  ", "1"), ("A=", ""), ("A='a b'", "a b"),
            ("A=a b # why", "a b"),
            ("A=a#b", "a#b"), ("A='it''s'", nil), (#"A="a\nb""#, "a\nb"), (#"A="a\"b\$c\\""#, #"a"b$c\"#),
            (#"A='a\nb'"#, #"a\nb"#), ("A='two\nlines'", "two\nlines"), ("A=\"é\" # why", "é"), ("A=${B}", "${B}"),
            ("A=a\r\n", "a"), ("\u{feff}A=1", "1"), ("A='open", nil), ("1A=1", nil), ("A", nil), ("=1", nil),
            ("A B=1", nil),
            ("export=1", "1"),
        ] as [(String, String?)])
    func aLineIsAVariableOrAFault(text: String, value: String?) {
        let file = read(text)
        #expect(file.variables.map(\.value) == (value.map { [$0] } ?? []), "\(file.faults)")
        #expect(file.faults.isEmpty == (value != nil))
    }

    @Test func everyLineThatIsWrongIsNamedAndNoneOfItsValues() {
        let file = read("# a comment\nGOOD=1\n\nbad line\nPASSWORD='hunter2' more\nALSO=2\n9=hunter2\n")
        #expect(file.variables.map(\.name) == ["GOOD", "ALSO"])
        #expect(file.faults.count == 3)
        for (fault, line) in zip(file.faults, [4, 5, 7]) { #expect(fault.hasPrefix(".env, line \(line): ")) }
        #expect(!file.faults.joined().contains("hunter2"))
    }

    @Test func valuesAreTextsAndNamesCanBeTakenApart() {
        let file = read("DB__HOST=db1\nDB__PORT=5432\nDEBUG=true\n")
        let flat = ForeignDocuments(file.variables, [], nestedAt: nil, service: "p", environment: "prod")
        #expect(flat.contents == ["p/prod": #"{"DB__HOST":"db1","DB__PORT":"5432","DEBUG":"true"}"#])
        let nested = ForeignDocuments(file.variables, [], nestedAt: "__", service: "p", environment: "prod")
        #expect(nested.contents == ["p/prod": #"{"DB":{"HOST":"db1","PORT":"5432"},"DEBUG":"true"}"#])
    }

    @Test func whatCannotBeTakenApartIsNamedAtOnce() {
        let file = read("A=1\nA__B=2\n__C=3\nD____E=4\nF=5\nF=6\n")
        let nested = ForeignDocuments(file.variables, [], nestedAt: "__", service: "p", environment: "prod")
        #expect(nested.faults.count == 4, "\(nested.faults)")
        for name in ["A__B: it lies below .env, line 1, A", "__C", "D____E", "F: it is there twice"] {
            #expect(nested.faults.contains { $0.contains(name) }, "\(name) in \(nested.faults)")
        }
    }

    @Test func whatThisProgramWritesIsReadAgain() throws {
        let object = try JSONObject([
            ("a", .string("it's \"quoted\" $HOME `x` \\ #")), ("b", .string("two\nlines")),
            ("c", .number(JSONNumber(5))),
        ])
        let file = read(try EnvText.write(object))
        #expect(file.faults.isEmpty)
        #expect(file.variables.map(\.value) == ["it's \"quoted\" $HOME `x` \\ #", "two\nlines", "5"])
    }
}
