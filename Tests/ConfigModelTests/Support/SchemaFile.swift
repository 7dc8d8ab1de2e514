import ConfigModel
import FoundationEssentials

/// Reads the files of `schemas/`.
enum SchemaFile {
    static func bytes(_ path: String, source: String = #filePath) throws -> [UInt8] {
        // Tests/ConfigModelTests/Support/SchemaFile.swift
        var components = source.split(separator: "/", omittingEmptySubsequences: false)
        components.removeLast(4)
        return Array(try Data(contentsOf: URL(filePath: components.joined(separator: "/") + "/schemas/" + path)))
    }

    /// The objects in an array of a file of test vectors.
    static func vectors(_ path: String, in name: String = "vectors") throws -> [JSONObject] {
        guard case .object(let file) = try JSONValue(parsing: bytes(path)) else { return [] }
        return try file.array(name).map { vector in
            guard case .object(let object) = vector else { throw Sample.NotAnObject() }
            return object
        }
    }
}
