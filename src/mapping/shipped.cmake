# Writes OUTPUT, a C++ file holding the XML files of workbook-templates and mappings as text; run by the build as a script.
set(body "")
foreach(directory workbook-templates mappings)
  file(GLOB files RELATIVE ${ROOT} ${ROOT}/${directory}/*.xml)
  list(SORT files)
  foreach(name IN LISTS files)
    file(READ ${ROOT}/${name} text)
    string(APPEND body "      {\"${name}\", R\"definition(${text})definition\"},\n")
  endforeach()
endforeach()
file(WRITE ${OUTPUT} "// Made by src/mapping/shipped.cmake from the definitions; not to be edited.
#include \"mapping/definitions.h\"

namespace tonghop {

const Sources& shipped_definitions() {
  static const Sources sources = {
${body}  };
  return sources;
}

}  // namespace tonghop
")
