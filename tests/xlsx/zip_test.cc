// Archives as other programs write them: where sizes stand, how names are encoded.
#include "xlsx/zip.h"

#include <gtest/gtest.h>

#include "packages.h"
#include "support.h"

namespace tonghop::xlsx {
namespace {

using namespace std::string_literals;
using tonghop::testing::read_file;
using tonghop::testing::run_well;
using tonghop::testing::TempDir;
using tonghop::testing::write_file;

// argv: a sound package, a folder for the odd ones. Each is written byte by byte, because no one library writes all.
constexpr const char* kMakeOddZips = R"(
import struct, sys, zipfile, zlib
parts = [(name, zipfile.ZipFile(sys.argv[1]).read(name)) for name in zipfile.ZipFile(sys.argv[1]).namelist()]
marked = parts + [('xl/media/a.bin', b'PK\x07\x08' * 9 + b'PK\x03\x04PK\x01\x02')]

def make(name, parts, method=8, later=False, mark=True, wide=False, local=True, comment=b''):
    out, central = b'', b''
    for part, data in parts:
        deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = deflate.compress(data) + deflate.flush() if method == 8 else data
        sizes = (zlib.crc32(data), len(packed), len(data))
        head = (45 if wide else 20, 8 if later else 0, method, 0, 33)
        known = sizes if local else (0, 0, 0)
        extra = struct.pack('<HHQQ', 1, 16, known[2], known[1]) if wide else b''
        at = len(out)
        narrow = (known[0], 0xFFFFFFFF, 0xFFFFFFFF) if wide else known
        out += b'PK\x03\x04' + struct.pack('<HHHHHIIIHH', *head, *narrow, len(part), len(extra)) + part.encode() + extra + packed
        if later:
            out += (b'PK\x07\x08' if mark else b'') + struct.pack('<IQQ' if wide else '<III', *sizes)
        extra = struct.pack('<HHQQQ', 1, 24, sizes[2], sizes[1], at) if wide else b''
        narrow = (sizes[0], 0xFFFFFFFF, 0xFFFFFFFF) if wide else sizes
        central += (b'PK\x01\x02' + struct.pack('<HHHHHHIIIHHHHHII', 45, *head, *narrow, len(part), len(extra), 0, 0, 0, 0,
                                                0xFFFFFFFF if wide else at) + part.encode() + extra)
    at, count = len(out), len(parts)
    out += central
    if wide:
        end = len(out)
        out += b'PK\x06\x06' + struct.pack('<QHHIIQQQQ', 44, 45, 45, 0, 0, count, count, len(central), at)
        out += b'PK\x06\x07' + struct.pack('<IQI', 0, end, 1)
        count, at = 0xFFFF, 0xFFFFFFFF
    out += b'PK\x05\x06' + struct.pack('<HHHHIIH', 0, 0, count, count, len(central), at, len(comment)) + comment
    open(sys.argv[2] + '/' + name, 'wb').write(out)

make('sizes behind', parts, later=True, local=False)
make('sizes behind and in front', parts, later=True)
make('sizes behind, unmarked', parts, later=True, local=False, mark=False)
make('sizes behind in 24 bytes', parts, later=True, local=False, wide=True)
make('sizes behind in 20 bytes, unmarked', parts, later=True, local=False, wide=True, mark=False)
make('marks of a zip inside a part', marked, method=0, later=True, local=False)
make('zip64', parts, wide=True)
make('stored', parts, method=0)
make('longest comment', parts, comment=b'c' * 65535)
make('comment that looks like an end', parts, comment=b'PK\x05\x06' + bytes(10))
)";

// trap A9: sizes that follow the data; trap A10: zip64, comments; trap A11: parts that are not deflated.
TEST(Zip, OpensHoweverSizesAreWritten) {
  const TempDir folder;
  write_file(folder / "sound.xlsx", package_with_rows("<row><c><v>1</v></c><c t=\"s\"><v>1</v></c></row>"));
  std::filesystem::create_directory(folder / "odd");
  run_well({TONGHOP_PYTHON, "-c", kMakeOddZips, folder / "sound.xlsx", folder / "odd"});
  int files = 0;
  for (const auto& odd : std::filesystem::directory_iterator(folder / "odd")) {
    SCOPED_TRACE(odd.path().filename());
    EXPECT_EQ(outcome(read_file(odd.path())), "S: A1=1 B1=one");
    ++files;
  }
  EXPECT_EQ(files, 10);
}

// A zip of one file with the name in these bytes, and nothing said about their encoding.
std::string shown(const std::string& stored) {
  const std::string place(stored.size(), 'x');
  std::string bytes = write_package({{place, "content"}});
  for (std::size_t at = bytes.find(place); at != std::string::npos; at = bytes.find(place, at + 1)) {
    bytes.replace(at, stored.size(), stored);
  }
  Zip zip(bytes, "f", {});
  EXPECT_EQ(zip.read(0).view(), "content");
  return zip.shown_name(0);
}

TEST(Zip, ShowsNamesInUtf8WhateverTheyAreStoredIn) {
  EXPECT_EQ(shown("Sở Nội vụ.xlsx"), "Sở Nội vụ.xlsx");
  EXPECT_EQ(shown("So\u031b\u0309 No\u0323\u0302i vu\u0323.xlsx"), "Sở Nội vụ.xlsx");  // macOS
  EXPECT_EQ(shown("S\xF5\xD2 N\xF4\xF2i vu\xF2.xlsx"), "Sở Nội vụ.xlsx");              // code page 1258
  EXPECT_EQ(shown("\xD0\xF5n vi\xF2 t\xFD.xlsx"), "Đơn vị tư.xlsx");
  EXPECT_EQ(shown("R\x82sum\x82.xlsx"), "Résumé.xlsx");  // code page 437
  EXPECT_EQ(shown("th\xC3\xB0\\a\x07.xlsx"), "thð/a\uFFFD.xlsx");
  EXPECT_EQ(shown("/\\../../etc/passwd"), "../../etc/passwd");  // trap A15: shown, never a path
}

TEST(Zip, RefusesWhatItCannotOpen) {
  EXPECT_THROW(Zip("PK\x03\x04", "f", {}), Error);
  EXPECT_THROW(Zip("", "f", {}), Error);
  Limits limits;
  limits.parts = 1;
  EXPECT_THROW(Zip(write_package({{"a", ""}, {"b", ""}}), "f", limits), Error);
}

}  // namespace
}  // namespace tonghop::xlsx
