# The models that the build makes, read by build.sh.
fmu battery
fmu abuse battery -DRUNAWAY_START=1
fmu spme
fmu learned
fmu solid
fmu cycler cycler '' _Cell_Voltage\"
cell=performance-ageing/cell/gen3b/physics-based
model $cell/LgM50_1.1.0 cell.json battery=battery cycler=cycler
model $cell/LgM50Spme_1.0.0 cell.json battery=spme cycler=cycler
model performance-ageing/cell/gen3b/data-driven/LgM50Learned_1.0.0 cell.json battery=learned cycler=cycler
model performance-ageing/cell/solid-state/physics-based/LlzoNmc811_1.0.1 cell.json battery=solid cycler=cycler
model safety-reliability/cell/gen3b/physics-based/LgM50Abuse_1.0.0 cell.json battery=abuse cycler=cycler
fmu module pack '-DSERIES=12 -DPARALLEL=4'
fmu wholepack pack '-DSERIES=96 -DPARALLEL=4'
fmu packcycler cycler
fmu solidmodule solidpack '-DSERIES=12 -DPARALLEL=4'
fmu solidwhole solidpack '-DSERIES=96 -DPARALLEL=4'
model performance-ageing/module/gen3b/physics-based/LgM50Module12s4p_1.1.0 pack.json battery=module cycler=packcycler
model performance-ageing/pack/gen3b/physics-based/LgM50Pack96s4p_1.1.0 pack.json battery=wholepack cycler=packcycler
for unit in module/solid-state/physics-based/LlzoNmc811Module12s4p_1.0.0=solidmodule pack/solid-state/physics-based/LlzoNmc811Pack96s4p_1.0.0=solidwhole; do
    model performance-ageing/${unit%=*} pack.json battery=${unit#*=} cycler=packcycler
    about performance-ageing/${unit%=*} solid-pack.json
done
about $cell/LgM50_1.1.0 general.json
about $cell/LgM50Spme_1.0.0 on-request.json
about performance-ageing/cell/gen3b/data-driven/LgM50Learned_1.0.0 on-request.json
about safety-reliability/cell/gen3b/physics-based/LgM50Abuse_1.0.0 general.json
about performance-ageing/module/gen3b/physics-based/LgM50Module12s4p_1.1.0 general.json
about performance-ageing/pack/gen3b/physics-based/LgM50Pack96s4p_1.1.0 general.json
about performance-ageing/cell/solid-state/physics-based/LlzoNmc811_1.0.1 solid-cell.json
