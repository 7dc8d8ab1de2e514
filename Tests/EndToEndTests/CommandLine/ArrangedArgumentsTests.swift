import ArgumentParser
import ConfigModel
import TestSupport
import Testing

@testable import configbus

/// What is done to a command line before the parser sees it.
@Suite(.timeLimit(.minutes(3)))
struct ArrangedArgumentsTests {
    struct Line: CustomTestStringConvertible {
        let given: String
        let arranged: String
        var testDescription: String { given }

        init(_ given: String, _ arranged: String? = nil) {
            self.given = given
            self.arranged = arranged ?? given
        }
    }

    private func arrange(_ words: [String]) throws -> [String] {
        let (command, path) = try CommandNames.command(in: words)
        return ArrangedArguments.arrange(words, of: command, path: path)
    }

    @Test(
        arguments: [
            Line("get s --version -1", "get --version=-1 -- s"), Line("diff s -1 2", "diff -- s -1 2"),
            Line("diff -e prod s -1 -o json", "diff -e prod -o json -- s -1"),
            Line("set s a=1 -1=2 --string -e prod", "set --string -e prod -- s a=1 -1=2"),
            Line("set s a=1 -c -5", "set -c=-5 -- s a=1"), Line("set s a -.5", "set -- s a -.5"),
            Line("publish s - --expected-version -1", "publish --expected-version=-1 -- s -"),
            Line("publish s --idempotency-key - -1", "publish --idempotency-key - -- s -1"),
            Line("set s -1=2 -- -3=4", "set -- s -1=2 -3=4"),
            // Nothing to do.
            Line("get s --version 1"), Line("set s a=-1"), Line("set s -- -1=2"), Line("get s --nothing -x"),
            Line("audit verify --file f"), Line("help get -1"), Line("--version"),
        ])
    func negativeNumbersAreValues(line: Line) throws {
        let words = line.given.split(separator: " ").map(String.init)
        #expect(try arrange(words).joined(separator: " ") == line.arranged)
    }

    /// The parser's time grows with the square of the number of words.
    @Test func manyServicesAreOneWordForTheParser() throws {
        let services = (0..<10_000).map { "s\($0)" }
        let arranged = try arrange(["watch", "--once"] + services + ["-e", "prod", "--cache", "c"])
        #expect(
            arranged == ["watch", "--once", "-e", "prod", "--cache", "c", "--", services.joined(separator: "\n")])
    }
}
